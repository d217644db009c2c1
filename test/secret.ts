/** The hub's secret in tests, from which the passwords of the database roles follow. */
export const testSecret = 'a-secret-for-tests-only-0123456789abcdef';
