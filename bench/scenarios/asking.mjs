// How a page is asked for, and what is common to what servers say.
export const graphql = (token, query, variables) => ({
  method: 'POST',
  path: '/graphql',
  token,
  body: JSON.stringify({ query, variables }),
});
export const get = (token, path, query = {}) => ({ path: `/${path}?${new URLSearchParams(query)}`, token });

export function dataOf(answer) {
  if (answer.errors) throw new Error(JSON.stringify(answer.errors).slice(0, 2000));
  return answer.data;
}
export const same = (answer) => answer;
export const without = (record, ...fields) =>
  Object.fromEntries(Object.entries(record).filter(([field]) => !fields.includes(field)));
export const nodes = (connection) => connection.edges.map((edge) => edge.node);
export const utc = (time) => (time === null ? null : new Date(time).toISOString());
