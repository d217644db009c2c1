// Prints what the first page loads: every script that index.html names, and what the start of the search page needs.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, brotliCompressSync } from 'node:zlib';

const say = (line) => process.stdout.write(`${line}\n`);
const root = join(import.meta.dirname, '../build');
const html = readFileSync(join(root, 'index.html'), 'utf8');
const named = [...html.matchAll(/(?:href|import\()="?([^"\s)]+\.js)/g)].map((match) => match[1]);
const size = (files, pack) => files.reduce((sum, file) => sum + pack(readFileSync(join(root, file))).length, 0);
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const all = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? all(path) : path.endsWith('.js') ? [path.slice(root.length)] : [];
  });
const first = [...new Set(named)];
say(
  `first load: ${first.length} scripts, ${kB(size(first, gzipSync))} gzip, ${kB(size(first, brotliCompressSync))} brotli`,
);
const big = all(root)
  .map((file) => [gzipSync(readFileSync(join(root, file))).length, file])
  .sort((a, b) => b[0] - a[0]);
for (const [bytes, file] of big.slice(0, 8)) say(`  ${kB(bytes).padStart(9)} gzip  ${file}`);
