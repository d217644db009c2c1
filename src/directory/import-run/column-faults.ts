/** What is wrong with the columns of a plain table, in one sentence. */
export function faultWords(fault: 'UNKNOWN_TARGET' | 'NO_NAME'): string {
  return fault === 'NO_NAME'
    ? 'Say which column holds the name of the service or of the organization.'
    : 'A column can be read only as one of the things that are offered.';
}
