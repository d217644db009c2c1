/** Requests per address and minute. */
export const REQUESTS_PER_MINUTE = 600;

/** What is wrong with a request, in words for whoever writes the client. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly parameter?: string,
  ) {
    super(message);
  }

  body(): { error: { code: string; message: string; parameter?: string } } {
    const { code, message, parameter } = this;
    return { error: { code, message, ...(parameter !== undefined && { parameter }) } };
  }
}

export function badParameter(name: string, message: string): never {
  throw new ApiProblem(400, 'BAD_PARAMETER', message, name);
}
