import { expect, it } from 'vitest';
import { seededInstruments } from '../instrument-file.js';
import { plainNeedLabel } from './plain-labels.js';

it('no need of a form is called by a heading, an acronym or a code on a person’s own page', () => {
  const labels = seededInstruments().flatMap(({ needs }) => Object.values(needs).map(({ label }) => label.en));
  expect(labels).toContain('Disability Status');
  for (const label of labels) {
    for (const language of ['en', 'es'] as const) {
      const words = plainNeedLabel(label, language);
      expect(words).not.toMatch(/[A-Z]{2,}|\d|[Ss]tatus|[Ii]nterpersonal/);
      // Headings are written with capitals; what people say begins with one.
      expect(words.slice(1)).not.toMatch(/ [A-Z](?!nglish)/);
    }
  }
});

it('what a person or a care manager wrote, and what is plain already, stays as it is', () => {
  expect(plainNeedLabel('Food', 'en')).toBe('Food');
  expect(plainNeedLabel('Food', 'es')).toBe('Alimentos');
  expect(plainNeedLabel('A ramp for the front door', 'es')).toBe('A ramp for the front door');
  expect(plainNeedLabel('Disability Status', 'en')).toBe('Living with a disability');
});
