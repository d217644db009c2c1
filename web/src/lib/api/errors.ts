/** Why the API did not answer, as the pages tell it apart. */
export type ApiCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'BUSY'
  | 'OFFLINE'
  | 'INTERNAL';

const known = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CONFLICT',
  'RATE_LIMITED',
  'BUSY',
]);

/** An error as the API sends it. */
export interface ApiFailure {
  message: string;
  extensions?: { code?: string; reason?: string; retryAfterSeconds?: number; fields?: { field: string }[] };
}

export class ApiError extends Error {
  override name = 'ApiError';
  constructor(
    readonly code: ApiCode,
    message: string,
    /** The refusal's code when a question could not be answered for a business reason. */
    readonly reason?: string,
    /** Which arguments were wrong, such as `input.near.place`. */
    readonly fields: readonly string[] = [],
  ) {
    super(message);
  }

  static from({ message, extensions }: ApiFailure): ApiError {
    const { code = '', reason, fields = [] } = extensions ?? {};
    const named = fields.map(({ field }) => field);
    return new ApiError(known.has(code) ? (code as ApiCode) : 'INTERNAL', message, reason, named);
  }
}

/** A business refusal of a mutation: in the answer, not thrown. */
export interface UserError {
  code: string;
  message: string;
  field?: string | null;
}
