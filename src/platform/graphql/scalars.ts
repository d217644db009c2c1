import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTimeISO, GraphQLLocalDate } from 'graphql-scalars';

/** An instant in UTC; a `Date` in TypeScript, ISO 8601 text with milliseconds on the wire. */
export const DateTimeISO = new GraphQLScalarType<Date, unknown>({
  ...GraphQLDateTimeISO.toConfig(),
  // A date that is one needs no parsing: on a page of twenty that took as long as reading it.
  serialize: (value) =>
    value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : GraphQLDateTimeISO.serialize(value),
});
/** A calendar day without a time zone, `YYYY-MM-DD`; a string in TypeScript and on the wire. */
export const LocalDate = GraphQLLocalDate;
