import { describe, expect, it } from 'vitest';
import { needLabelIn, needLabelsIn } from './need-labels.js';

describe('the label of a need', () => {
  it('is in the reader’s language when the hub wrote it, and as it was written otherwise', () => {
    expect(needLabelIn('Worried about losing housing', 'es')).toBe('Le preocupa perder la vivienda');
    expect(needLabelIn('Worried about losing housing', 'en')).toBe('Worried about losing housing');
    expect(needLabelIn('A ramp for the wheelchair', 'es')).toBe('A ramp for the wheelchair');
  });

  it('stands among others, with commas of their own', () => {
    const list = 'No steady place to live, A ramp, for the wheelchair, Food';
    expect(needLabelsIn(list, 'es')).toBe('Sin un lugar estable donde vivir, A ramp, for the wheelchair, Alimentos');
    expect(needLabelsIn(list, 'en')).toBe(list);
    expect(needLabelsIn('', 'es')).toBe('');
  });
});
