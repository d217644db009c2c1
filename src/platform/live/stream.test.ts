import { expect, it, vi } from 'vitest';
import { MOST_WAITING, Stream } from './stream.js';

it('A reader that is slow reads what changed ten times once, in the order of the first time', async () => {
  const stream = new Stream(vi.fn());
  for (const id of ['a', 'b', 'a', 'a', 'c', 'b']) stream.push(id);
  expect([await stream.next(), await stream.next(), await stream.next()].map(({ value }) => value)).toEqual([
    'a',
    'b',
    'c',
  ]);
  const next = stream.next();
  stream.push('a');
  expect(await next).toEqual({ done: false, value: 'a' });
});

it('A reader that falls too far behind is let go of once, and whoever waits for it hears the end', async () => {
  const ended = vi.fn();
  const stream = new Stream(ended);
  for (let i = 0; i < MOST_WAITING; i += 1) stream.push(`${i}`);
  stream.push('0');
  expect(ended).not.toHaveBeenCalled();
  for (let i = 0; i < 2000; i += 1) stream.push(`more ${i}`);
  expect(ended.mock.calls).toEqual([[true]]);
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  await stream.return();
  expect(ended).toHaveBeenCalledTimes(1);
});

it('A reader that leaves is told to nobody as too slow, and hears nothing more', async () => {
  const ended = vi.fn();
  const stream = new Stream(ended);
  const waiting = stream.next();
  await stream.return();
  expect(await waiting).toEqual({ done: true, value: undefined });
  stream.push('a');
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(ended.mock.calls).toEqual([[false]]);
});
