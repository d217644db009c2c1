/** What the tokens of passes are derived for. */
export const PASS_PURPOSE = 'screening pass';
