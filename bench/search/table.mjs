// Figures of a run as a table in Markdown.
const number = (value) => (value === undefined ? '–' : value.toFixed(value < 10 ? 1 : 0));

const HEAD = [
  'services', 'search', 'engine', 'aim p95', 'engine p50', 'p95', 'page p50', 'p95', 'CPU hub', 'CPU database', 'statements',
  'rows', '× its own questions', '× a plain search',
]; // prettier-ignore

/** Times in ms; `page` is the whole request over HTTP, with what is shown of 20 results. */
export function searchTable(measured) {
  const rows = measured.map((one) => [
    one.services.toLocaleString('en'),
    one.title,
    one.engine,
    String(one.aim),
    number(one.engineP50),
    `${number(one.engineP95)}${one.engineP95 > one.aim ? ' ✗' : ''}`,
    number(one.p50),
    number(one.p95),
    number(one.hubCpu),
    number(one.databaseCpu),
    number(one.statements),
    number(one.rows),
    number(one.ratio),
    number(one.plain),
  ]);
  return [HEAD, HEAD.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
