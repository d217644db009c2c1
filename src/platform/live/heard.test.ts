import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { ANYTHING, Heard } from './heard.js';

it('Whoever names a point is told each id that was heard since, once, and nothing of others or of before', () => {
  const said = fc.record({ name: fc.constantFrom('a', 'b'), id: fc.constantFrom('1', '2', '3') });
  fc.assert(
    fc.property(fc.array(said, { maxLength: 30 }), fc.nat(30), (all, at) => {
      const heard = new Heard('0123456789', () => 0);
      all.slice(0, at).forEach(({ name, id }) => heard.add(name, id));
      const point = heard.point();
      all.slice(at).forEach(({ name, id }) => heard.add(name, id));
      const mine = all.slice(at).flatMap(({ name, id }) => (name === 'a' ? [id] : []));
      expect(heard.after('a', point)).toEqual([...new Set(mine)]);
    }),
  );
});

it('Where something was not heard, or too long ago, or too much, everything is looked at', () => {
  const heard = new Heard('0123456789', () => 0);
  const before = heard.point();
  heard.gap();
  expect([heard.after('a', before), heard.after('a', heard.point())]).toEqual([[ANYTHING], []]);
  const few = heard.point();
  for (let i = 0; i < 101; i += 1) heard.add('a', `${i}`);
  expect([heard.after('a', few), heard.after('b', few)]).toEqual([[ANYTHING], []]);
  for (let i = 0; i < 20_000; i += 1) heard.add('b', `${i}`);
  expect([heard.after('a', few), heard.after('a', heard.point())]).toEqual([[ANYTHING], []]);
});

it('A point of another process counts by the clock, on the safe side; one that is none, as unknown; none, as nothing', () => {
  let now = 100_000;
  const here = new Heard('aaaaaaaa', () => now);
  const there = new Heard('bbbbbbbb', () => now);
  now += 10_000;
  here.add('a', 'long ago');
  now += 10_000;
  const point = there.point();
  now += 1;
  here.add('a', 'since');
  expect(here.after('a', point)).toEqual(['since']);
  now += 1000;
  // Heard here a second before the other process answered: its clock may be late.
  expect(here.after('a', there.point())).toEqual(['since']);
  const old = new Heard('cccccccc', () => 50_000).point();
  expect([here.after('a', old), here.after('a', 'never'), here.after('a', null)]).toEqual([[ANYTHING], [ANYTHING], []]);
});
