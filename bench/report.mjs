// From measured rounds to a table.
import { SERVERS } from './servers.mjs';

const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const both = (round) => round.server + round.database;

/** What a server's rounds say together, beside those of the yardstick in the same rounds. */
function summaryOf(rounds, yardstick) {
  const ratio = (of) => {
    const ratios = rounds.map((round, n) => of(round) / of(yardstick[n]));
    return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
  };
  const of = (field) => median(rounds.map((round) => round[field]));
  return {
    requests: rounds.reduce((sum, round) => sum + round.requests, 0),
    serverMs: of('server'),
    databaseMs: of('database'),
    p50: of('p50'),
    p95: of('p95'),
    ratio: ratio(both),
    serverRatio: ratio((round) => round.server),
    databaseRatio: ratio((round) => round.database),
  };
}

/** `measured`: scenario → server → { rounds, statements, control }. */
export function summarize(measured) {
  return measured.map(({ name, title, servers }) => ({
    name,
    title,
    servers: Object.fromEntries(
      Object.entries(servers).map(([server, { rounds, statements, control }]) => [
        server,
        { statements, control, ...summaryOf(rounds, servers.hand.rounds) },
      ]),
    ),
  }));
}

const number = (value) => value.toFixed(value < 10 ? 2 : 1);
const times = ({ median: middle, least, most }) => `${number(middle)} (${number(least)}–${number(most)})`;

/** A table in Markdown, one a scenario. */
export function tables(summary) {
  return summary
    .map(({ title, servers }) => {
      const head = [
        `**${title}**`,
        'CPU server ms',
        'CPU database ms',
        'p50 ms',
        'p95 ms',
        'SQL',
        '+ begin/commit',
        '× by hand, both',
        'server',
        'database',
      ];
      const rows = Object.entries(servers).map(([server, s]) => [
        SERVERS[server],
        number(s.serverMs),
        number(s.databaseMs),
        number(s.p50),
        number(s.p95),
        s.statements,
        s.control,
        times(s.ratio),
        number(s.serverRatio.median),
        number(s.databaseRatio.median),
      ]);
      const cells = [head, ...rows].map((row) => row.map(String));
      const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
      const line = (row) =>
        `| ${row.map((cell, n) => (n ? cell.padStart(widths[n]) : cell.padEnd(widths[n]))).join(' | ')} |`;
      const rule = `| ${widths.map((width, n) => (n ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
      return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
    })
    .join('\n\n');
}
