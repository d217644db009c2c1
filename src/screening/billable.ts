import { readSeed } from '../platform/seed.js';

const { social, other } = readSeed('billable-codes.json') as { social: string[]; other: string[] };
const billable = new Set([...social, ...other]);

/** Whether this is an ICD-10-CM code that a claim may carry; a parent such as `Z59.4` is none. */
export const isBillable = (code: unknown): boolean => typeof code === 'string' && billable.has(code);
