import { Arg } from 'type-graphql';

/** The argument of a subscription by which nothing is missed between a read and its beginning. */
export const Since = (): ReturnType<typeof Arg> =>
  Arg('since', () => String, {
    nullable: true,
    description:
      'The header `hub-heard` of the answer that is shown: what happened since is told at once. At most 60 characters.',
  });
