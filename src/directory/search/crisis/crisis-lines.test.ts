import { describe, expect, it } from 'vitest';
import { crisisLines } from './crisis-lines.js';

const keys = (text: string, categories: string[] = []): string[] =>
  crisisLines(text, categories, 'en').map(({ key }) => key);

describe('words of somebody in danger', () => {
  it.each([
    'my husband hits me',
    'he beats me',
    'boyfriend choked me',
    'being abused',
    'abusive partner',
    'domestic violance',
    'im scared to go home',
    'afraid of my husband',
    'how do i leave my abusive boyfriend',
    'My ex is threatening me',
    'restraining order',
    'i dont feel safe at home',
    'mi esposo me pega',
    'violencia doméstica',
    'tengo miedo de mi pareja',
    'orden de protección',
  ])('of violence at home are understood: %s', (text) => expect(keys(text)).toContain('violence'));

  it.each([
    'suicide',
    'suicidal thoughts',
    'I want to kill myself',
    'i want to die',
    "I don't want to live anymore",
    'my son is cutting himself',
    'end my life',
    'suiside',
    'quiero morir',
    'no quiero vivir',
    'pensamientos suicidas',
  ])('of harming oneself are understood: %s', (text) => expect(keys(text)).toContain('suicide'));

  it.each(['i was raped', 'sexual assault', 'abuso sexual', 'me violaron'])(
    'of sexual violence are understood: %s',
    (text) => expect(keys(text)).toContain('assault'),
  );

  it.each([
    'food',
    'ride to dialysis',
    'drug abuse treatment',
    'substance abuse',
    'need help paying my light bill',
    'beat the heat',
    'boxing gym',
    'no heat',
    'killer whales',
    'my landlord threatens to evict me',
    'cut off my water',
    'life insurance',
    'end of life care',
    'order groceries',
    'living room furniture',
    'partner with a food bank',
    'family court',
    'home repair',
    'comida',
    'me cortaron la luz',
    'miedo a las alturas',
    'job after prison',
    'self help legal',
    '',
  ])('are not read into other words: %s', (text) => expect(keys(text)).toEqual([]));

  it('of a need that somebody filters by count too', () => {
    expect(keys('', ['intimate-partner-violence'])).toEqual(['violence']);
    expect(keys('', ['food-insecurity'])).toEqual([]);
  });

  it('bring lines in the language of the page, a text only where one is answered in it', () => {
    const [english] = crisisLines('domestic violence', [], 'en');
    expect(english).toMatchObject({ call: '1-800-799-7233', textTo: '88788', textWord: 'START' });
    const [spanish] = crisisLines('domestic violence', [], 'es');
    expect(spanish).toMatchObject({ call: '1-800-799-7233', textTo: null, textWord: null });
    expect(crisisLines('suicide', [], 'es')[0]).toMatchObject({ call: '988', textTo: '988', textWord: 'AYUDA' });
  });
});
