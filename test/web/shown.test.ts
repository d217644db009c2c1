import { expect, it } from 'vitest';
import { forPage, shownSince } from '../../web/src/lib/api/shown.js';

const answer = (heard: string | null, waited: Promise<unknown> = Promise.resolve()) =>
  forPage(async () => {
    await waited;
    return { data: heard, heard };
  });
const later = () => new Promise((done) => setTimeout(done, 1));

it('Whatever a page reads in one go, together or one after another, is followed from its earliest point on', async () => {
  expect(shownSince()).toBeNull();
  const slow = answer('aaaaaaaa.10.1000', later());
  await Promise.all([answer('aaaaaaaa.9.1000'), slow]);
  await answer('aaaaaaaa.11.1001');
  expect(shownSince()).toBe('aaaaaaaa.9.1000');
});

it('A page that is read anew is followed from then on', async () => {
  await later();
  await answer('aaaaaaaa.200.3000');
  expect(shownSince()).toBe('aaaaaaaa.200.3000');
});

it('Points of two processes are compared by the clock, and an answer without one, or none at all, changes nothing', async () => {
  await later();
  await answer('bbbbbbbb.3.5000');
  await answer('aaaaaaaa.900.4000');
  await answer(null);
  await forPage(() => Promise.reject(new Error('offline'))).catch(() => undefined);
  expect(shownSince()).toBe('aaaaaaaa.900.4000');
  await later();
  await forPage(() => Promise.reject(new Error('offline'))).catch(() => undefined);
  expect(shownSince()).toBeNull();
});
