import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problemWords } from './problem-words.js';
import { readPackage } from './read-package.js';

const fixtures = join(import.meta.dirname, '../../../test/fixtures/hsds');
const real = process.env['HUB_TEST_DATA'];
const sets = ['baltimore-directory', 'dc-directory', 'dc-directory-other-columns', 'illinois-legal-aid', 'la-food/food-sites.csv', 'us-pantries/pantries.ndjson']; // prettier-ignore

async function messagesOf(path: string): Promise<string[]> {
  const messages: string[] = [];
  const reading = await readPackage(path);
  for await (const item of reading.items) if (item.kind === 'problem') messages.push(item.problem.message);
  return messages;
}
const english = (messages: readonly string[]): string[] => [
  ...new Set(messages.filter((message) => problemWords.inLanguage(message, 'es') === message)),
];

describe('what an import found wrong', () => {
  it('is said in Spanish, with its values, and in English as it was written', () => {
    const said = 'The service "7" was left out and took with it: 2 services at location, 1 phone, 3 attributes.';
    expect(problemWords.inLanguage(said, 'es')).toBe(
      'servicio «7» se dejó fuera y se llevó consigo: 2 servicios en lugares, 1 teléfono, 3 atributos.',
    );
    expect(problemWords.inLanguage(said, 'en')).toBe(said);
    const moved = '4689967.6, -8559199.8 were metres of a map projection, now in degrees; now 38.77832, -76.88860.';
    expect(problemWords.inLanguage(moved, 'es')).toContain('metros de una proyección');
  });

  it('leaves no sentence of the fixtures in English', async () => {
    const folders = readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.length).toBeGreaterThan(2);
    for (const { name } of folders) {
      const messages = await messagesOf(join(fixtures, name)).catch(() => []);
      expect([name, english(messages)]).toEqual([name, []]);
    }
  });

  describe.skipIf(!real || !existsSync(real))('of real directories', () => {
    it.each(sets)('%s: no sentence stays in English', async (set) => {
      const messages = await messagesOf(join(real ?? '', set));
      expect(messages.length).toBeGreaterThan(0);
      expect(english(messages)).toEqual([]);
    });
  });
});
