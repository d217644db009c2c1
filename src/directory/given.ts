/** Whether an optional input was given a value: neither left out nor null. */
export const given = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
