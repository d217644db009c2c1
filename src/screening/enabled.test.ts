import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyInstrument } from '../../test/arbitrary-instrument.js';
import type { Answer } from './check-answer.js';
import { byLinkId, enabledItems } from './enabled.js';
import { itemsOf, type Condition, type Instrument, type Item } from './instrument.js';
import { scoreScreening } from './score.js';

const words = { en: 'x', es: 'x' };
const option = (code: string) => ({ code, text: words });
const item = (linkId: string, more: Partial<Item>): Item => ({ linkId, type: 'choice', text: words, answers: [option('a'), option('b')], ...more }); // prettier-ignore
const form = (...items: Item[]): Instrument =>
  ({ key: 'x', needs: {}, scores: [], sections: [{ key: 's', title: words, items }] }) as unknown as Instrument;
const asked = (one: Instrument, answers: Answer[]) => enabledItems(one, byLinkId(answers)).map(({ linkId }) => linkId);
const opens = (condition: Omit<Condition, 'question'>, first: Item, answer: Answer | undefined): boolean =>
  asked(form(first, item('2', { enableWhen: [{ question: '1', ...condition }] })), answer ? [answer] : []).length === 2;

describe('branching', () => {
  const choice = item('1', {});
  const multi = item('1', { type: 'multi' });
  const number = item('1', { type: 'integer' });
  const none = undefined;
  const declined: Answer = { linkId: '1', absent: 'ASKED_DECLINED' };
  const codes = (...list: string[]): Answer => ({ linkId: '1', codes: list });
  const num = (value: number): Answer => ({ linkId: '1', number: value });

  it.each<[string, Omit<Condition, 'question'>, Item, Answer | undefined, boolean]>([
    ['exists, and there is one', { operator: 'exists', exists: true }, choice, codes('a'), true],
    ['exists, and it was declined', { operator: 'exists', exists: true }, choice, declined, false],
    ['exists not, and there is none', { operator: 'exists', exists: false }, choice, none, true],
    ['equal', { operator: '=', code: 'a' }, choice, codes('a'), true],
    ['equal to another', { operator: '=', code: 'a' }, choice, codes('b'), false],
    ['equal, not answered', { operator: '=', code: 'a' }, choice, none, false],
    ['one of several is equal', { operator: '=', code: 'a' }, multi, codes('b', 'a'), true],
    ['none of several is equal', { operator: '!=', code: 'a' }, multi, codes('b'), true],
    ['one of several is equal, but must not', { operator: '!=', code: 'a' }, multi, codes('a', 'b'), false],
    ['more', { operator: '>', number: 3 }, number, num(4), true],
    ['not more', { operator: '>', number: 3 }, number, num(3), false],
    ['at least', { operator: '>=', number: 3 }, number, num(3), true],
    ['less, of zero', { operator: '<', number: 1 }, number, num(0), true],
    ['at most', { operator: '<=', number: 3 }, number, num(4), false],
    ['less, not answered', { operator: '<', number: 1 }, number, none, false],
  ])('%s', (_, condition, first, answer, open) => {
    expect(opens(condition, first, answer)).toBe(open);
  });

  it('goes on from question to question: what is closed opens nothing', () => {
    const yes = (question: string) => ({ enableWhen: [{ question, operator: '=' as const, code: 'a' }] });
    const chain = form(item('1', {}), item('2', yes('1')), item('3', yes('2')));
    const answers = (first: string): Answer[] => [
      { linkId: '1', codes: [first] },
      { linkId: '2', codes: ['a'] },
      { linkId: '3', codes: ['a'] },
    ];
    expect(asked(chain, answers('a'))).toEqual(['1', '2', '3']);
    expect(asked(chain, answers('b'))).toEqual(['1']);
  });

  it('asks all, or any, of its conditions', () => {
    const both: Condition[] = [
      { question: '1', operator: '=', code: 'a' },
      { question: '2', operator: '=', code: 'a' },
    ];
    const given: Answer[] = [{ linkId: '1', codes: ['a'] }];
    const third = (enableBehavior?: 'all' | 'any') =>
      form(item('1', {}), item('2', {}), item('3', { enableWhen: both, ...(enableBehavior && { enableBehavior }) }));
    expect(asked(third(), given)).toEqual(['1', '2']);
    expect(asked(third('all'), given)).toEqual(['1', '2']);
    expect(asked(third('any'), given)).toEqual(['1', '2', '3']);
  });

  it('never asks out of order, and never lets the answer to a closed question count', () => {
    fc.assert(
      fc.property(anyInstrument, fc.infiniteStream(fc.nat()), (one, picks) => {
        const all = itemsOf(one);
        const answers = all.flatMap((each): Answer[] => {
          const at = picks.next().value ?? 0;
          if (!each.answers) return [];
          return [{ linkId: each.linkId, codes: [each.answers[at % each.answers.length]!.code] }];
        });
        const open = enabledItems(one, byLinkId(answers));
        expect(all.filter((each) => open.includes(each))).toEqual(open);
        const kept = answers.filter(({ linkId }) => open.some((each) => each.linkId === linkId));
        expect(scoreScreening(one, answers, { ageYears: 40 })).toEqual(scoreScreening(one, kept, { ageYears: 40 }));
      }),
    );
  });
});
