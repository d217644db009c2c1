import { describe, expect, it } from 'vitest';
import { Gathering } from './gathering.js';

/** Sends to nobody: remembers what it was told, and answers. */
function recorder(answer: (text: string) => Record<string, unknown>[]) {
  const sent: { text: string; values: readonly unknown[] }[] = [];
  const gathering = new Gathering(async (text, values) => {
    sent.push({ text, values });
    return answer(text);
  });
  return { gathering, sent };
}

describe('reads that are asked for in one moment', () => {
  it('are one statement, each with values of its own', async () => {
    const { gathering, sent } = recorder(() => [{ a0: [{ id: 1 }], a1: null }]);
    const both = [
      gathering.ask('select a from t where x = $1 or y = $2', [1, 2]),
      // Loaders have their turn a little later, in the same moment.
      Promise.resolve().then(() => gathering.ask('select b from u where z = any ($1)', [['c']])),
    ];
    expect(await Promise.all(both)).toEqual([[{ id: 1 }], []]);
    expect(sent).toEqual([
      {
        text:
          'select (select json_agg(x) from (select a from t where x = $1 or y = $2) x) as a0, ' +
          '(select json_agg(x) from (select b from u where z = any ($3)) x) as a1',
        values: [1, 2, ['c']],
      },
    ]);
  });

  it('stay as they are where there is one', async () => {
    const { gathering, sent } = recorder(() => [{ id: 7 }]);
    expect(await gathering.ask('select 7 as id', [])).toEqual([{ id: 7 }]);
    expect(await gathering.ask('select 7 as id', [])).toEqual([{ id: 7 }]);
    expect(sent.map(({ text }) => text)).toEqual(['select 7 as id', 'select 7 as id']);
  });

  it('fail together, and those of the next moment do not', async () => {
    let broken = true;
    const { gathering } = recorder(() => {
      if (broken) throw new Error('away');
      return [{ id: 1 }];
    });
    const all = await Promise.allSettled([gathering.ask('select 1', []), gathering.ask('select 2', [])]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    broken = false;
    expect(await gathering.ask('select 3', [])).toEqual([{ id: 1 }]);
  });
});
