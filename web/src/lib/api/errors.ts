/** Why the API did not answer, as the pages tell it apart. */
export type ApiCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'OFFLINE'
  | 'INTERNAL';

const known = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT', 'CONFLICT', 'RATE_LIMITED']);

export class ApiError extends Error {
  override name = 'ApiError';
  constructor(
    readonly code: ApiCode,
    message: string,
    /** The refusal's code when a question could not be answered for a business reason. */
    readonly reason?: string,
  ) {
    super(message);
  }

  static from(error: { message: string; extensions?: { code?: string; reason?: string } }): ApiError {
    const code = error.extensions?.code ?? '';
    return new ApiError(known.has(code) ? (code as ApiCode) : 'INTERNAL', error.message, error.extensions?.reason);
  }
}

/** A business refusal of a mutation: in the answer, not thrown. */
export interface UserError {
  code: string;
  message: string;
  field?: string | null;
}
