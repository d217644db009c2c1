import { GraphQLDateTimeISO, GraphQLLocalDate } from 'graphql-scalars';

/** An instant in UTC; a `Date` in TypeScript, ISO 8601 text with milliseconds on the wire. */
export const DateTimeISO = GraphQLDateTimeISO;
/** A calendar day without a time zone, `YYYY-MM-DD`; a string in TypeScript and on the wire. */
export const LocalDate = GraphQLLocalDate;
