import { expect, it } from 'vitest';
import { readPdf } from '../../../test/read-pdf.js';
import type { Card } from './card.js';
import { drawList } from './draw-list.js';

const card = (columns: Partial<Card> = {}): Card => ({
  key: 'abcdefghij',
  name: 'Harvest Table',
  agency: 'Harbor Hands',
  private: false,
  offered: true,
  alert: null,
  phones: ['410-555-0101'],
  addresses: ['1 Main St, Columbia, MD 21044'],
  hours: ['Monday to Friday: 9:00 am to 5:00 pm'],
  apply: 'Walk in.',
  bring: ['A photo ID'],
  cost: 'Free',
  checkedOn: '2026-11-01',
  ...columns,
});
const on = new Date('2026-11-20T15:00:00Z');
const link = `https://hub.example.org/my-list#s=${'abcdefghij'.repeat(20)}`;

it('a list is a tagged PDF in its language, with what one needs to go there', async () => {
  const pdf = await drawList({ cards: [card()], link, language: 'en', on });
  const { text, pages, tags, language, title } = readPdf(pdf);
  expect(text).toContain('Harvest Table');
  expect(text).toContain('Phone: 410-555-0101');
  expect(text).toContain('Where: 1 Main St, Columbia, MD 21044');
  expect(text).toContain('When: Monday to Friday: 9:00 am to 5:00 pm');
  expect(text).toContain('Bring: A photo ID');
  expect(text).toContain('Checked on November 1, 2026');
  expect(text).toContain('Page 1 of 1');
  expect({ pages, language, title }).toEqual({ pages: 1, language: 'en-US', title: 'My list of help' });
  expect(tags).toEqual(expect.arrayContaining(['Document', 'H1', 'H2', 'P', 'Figure']));
});

it('every accent is drawn, also those beyond English and Spanish', async () => {
  const name = 'Despensa Ñandú · Łódź · Nguyễn Thị Hướng · Ψωμί · Хлеб';
  const { text } = readPdf(await drawList({ cards: [card({ name })], link, language: 'es', on }));
  expect(text).toContain(name);
  expect(text).toContain('Teléfono: 410-555-0101');
  expect(text).toContain('Página 1 de 1');
  expect(text).not.toContain('undefined');
});

it('twenty long listings go over pages, each with its number, and nothing is lost', async () => {
  const cards = Array.from({ length: 20 }, (_, index) =>
    card({ name: `Listing ${index + 1}`, apply: 'Call first and ask for the front desk. '.repeat(12) }),
  );
  const { text, pages } = readPdf(await drawList({ cards, link, language: 'en', on }));
  expect(pages).toBeGreaterThan(3);
  expect(text).toContain(`Page ${pages} of ${pages}`);
  for (const { name } of cards) expect(text).toContain(name);
});

it('what a listing says cannot leave its line: control characters and marks of direction are gone', async () => {
  const { text } = readPdf(
    await drawList({ cards: [card({ name: 'Safe\u202Eevil\u0000 name\nnext' })], link, language: 'en', on }),
  );
  expect(text).toContain('Safe evil name next');
});
