import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SENSITIVITIES } from '../access/sensitivity.js';
import { type ConsentTerms, type DisclosureScope, covers, firstCovering } from './consent-scope.js';

const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const part2 = {
  discloser: 'Harbor Clinic',
  recipient: 'Second Step',
  description: 'needs, name and phone',
  purpose: 'to refer me',
  expires: '2026-06-30',
  revocation: 'in writing at any time',
};
const consent = (over: Partial<ConsentTerms> = {}): ConsentTerms => ({
  status: 'ACTIVE',
  granteeOrganizationId: 'agency-1',
  granteeClass: null,
  categories: ['food-insecurity'],
  sensitivities: [],
  purpose: 'REFERRAL',
  method: 'SIGNATURE',
  startsAt: day(1),
  expiresAt: day(100),
  ...over,
});
const disclosure = (over: Partial<DisclosureScope> = {}): DisclosureScope => ({
  granteeOrganizationId: 'agency-1',
  granteeClass: 'COMMUNITY_AGENCIES',
  categories: ['food-insecurity'],
  sensitivities: [],
  purpose: 'REFERRAL',
  at: day(10),
  ...over,
});
const missing = (c: Partial<ConsentTerms>, d: Partial<DisclosureScope> = {}) =>
  covers(consent(c), disclosure(d)).missing.map((gap) => gap.code);

describe('a consent', () => {
  it.each<[string, Partial<ConsentTerms>, Partial<DisclosureScope>, string[]]>([
    ['that names organization, category and purpose covers', {}, {}, []],
    ['revoked covers nothing', { status: 'REVOKED', revokedAt: day(5) }, {}, ['REVOKED']],
    [
      'revoked later does not cover now, once its status says so',
      { status: 'REVOKED', revokedAt: day(50) },
      {},
      ['REVOKED'],
    ],
    ['recorded by mistake covers nothing', { status: 'ENTERED_IN_ERROR' }, {}, ['ENTERED_IN_ERROR']],
    ['on its last instant is over', { expiresAt: day(10) }, {}, ['EXPIRED']],
    ['before its start does not hold', { startsAt: day(11) }, {}, ['NOT_STARTED']],
    ['from its first instant holds', { startsAt: day(10) }, {}, []],
    ['ended by an event needs no date', { expiresAt: null, expiryEvent: 'the case is closed' }, {}, []],
    ['without any end is defective', { expiresAt: null, expiryEvent: ' ' }, {}, ['NO_END']],
    ['for another organization', { granteeOrganizationId: 'agency-2' }, {}, ['RECIPIENT']],
    ['for the class', { granteeOrganizationId: null, granteeClass: 'COMMUNITY_AGENCIES' }, {}, []],
    [
      'for the class, to one outside it',
      { granteeOrganizationId: null, granteeClass: 'COMMUNITY_AGENCIES' },
      { granteeClass: null },
      ['RECIPIENT'],
    ],
    ['to nobody covers nobody outside a class', { granteeOrganizationId: null }, { granteeClass: null }, ['RECIPIENT']],
    ['to coordinate care includes referrals', { purpose: 'CARE_COORDINATION' }, {}, []],
    ['to refer does not include coordination', {}, { purpose: 'CARE_COORDINATION' }, ['PURPOSE']],
    ['lacking one of two categories', {}, { categories: ['food-insecurity', 'homelessness'] }, ['CATEGORY']],
    [
      'listing a sensitive category must still name the class',
      { categories: ['intimate-partner-violence'] },
      { categories: ['intimate-partner-violence'] },
      ['SENSITIVITY'],
    ],
    [
      'naming the class covers it',
      { categories: ['intimate-partner-violence'], sensitivities: ['INTIMATE_PARTNER_VIOLENCE'] },
      { categories: ['intimate-partner-violence'] },
      [],
    ],
    ['when the service itself is sensitive', {}, { sensitivities: ['NONE', 'HIV'] }, ['SENSITIVITY']],
    [
      'to substance use with all of Part 2',
      { sensitivities: ['SUBSTANCE_USE'], part2 },
      { sensitivities: ['SUBSTANCE_USE'] },
      [],
    ],
    [
      'to substance use for a class, spoken, half said',
      {
        sensitivities: ['SUBSTANCE_USE'],
        granteeOrganizationId: null,
        granteeClass: 'COMMUNITY_AGENCIES',
        method: 'VERBAL_WITNESSED',
        part2: { ...part2, revocation: '', expires: ' ' },
      },
      { sensitivities: ['SUBSTANCE_USE'] },
      ['PART2_RECIPIENT', 'PART2_SIGNATURE', 'PART2_ELEMENT', 'PART2_ELEMENT'],
    ],
    [
      'to substance use without Part 2 at all',
      { sensitivities: ['SUBSTANCE_USE'] },
      { sensitivities: ['SUBSTANCE_USE'] },
      Array.from({ length: 6 }, () => 'PART2_ELEMENT'),
    ],
  ])('%s', (_name, c, d, expected) => {
    expect(missing(c, d)).toEqual(expected);
  });

  it('says in words what it lacks', () => {
    const { missing } = covers(consent(), disclosure({ sensitivities: ['SUBSTANCE_USE'] }));
    expect(missing[0]?.words).toEqual({
      en: 'The consent does not name substance use.',
      es: 'El consentimiento no menciona el consumo de sustancias.',
    });
    const [category] = covers(consent(), disclosure({ categories: ['homelessness'] })).missing;
    expect(category?.words.en).toBe('The consent does not cover “A place to stay”.');
    expect(missing.at(-1)?.words.en).toBe(
      'A consent to substance use records must say that and how it can be revoked.',
    );
  });

  it('is found among several; else the nearest says what is missing', () => {
    const other = consent({ granteeOrganizationId: 'agency-2', purpose: 'CARE_COORDINATION' });
    const near = consent({ expiresAt: day(5) });
    const good = consent();
    expect(firstCovering([other, good], disclosure())).toEqual({ consent: good, missing: [] });
    expect(
      firstCovering([other, near], disclosure({ categories: ['food-insecurity'] })).missing.map((g) => g.code),
    ).toHaveLength(1);
    expect(firstCovering([], disclosure())).toEqual({ consent: null, missing: [] });
  });
});

const CATEGORIES = ['food-insecurity', 'homelessness', 'intimate-partner-violence', 'incarceration-status', 'stress'];
const categories = fc.subarray(CATEGORIES);
const classes = fc.subarray([...SENSITIVITIES]);
const instant = fc.integer({ min: 0, max: 200 }).map(day);
const anyConsent: fc.Arbitrary<ConsentTerms> = fc.record({
  status: fc.constantFrom('ACTIVE', 'ACTIVE', 'ACTIVE', 'REVOKED', 'ENTERED_IN_ERROR'),
  granteeOrganizationId: fc.constantFrom('agency-1', 'agency-2', null),
  granteeClass: fc.constantFrom('COMMUNITY_AGENCIES', null),
  categories: fc.oneof(fc.constant(CATEGORIES), categories),
  sensitivities: fc.oneof(fc.constant([...SENSITIVITIES]), classes),
  purpose: fc.constantFrom('REFERRAL', 'CARE_COORDINATION'),
  method: fc.constantFrom('SIGNATURE', 'PAPER', 'VERBAL_WITNESSED'),
  startsAt: fc.integer({ min: 0, max: 60 }).map(day),
  expiresAt: fc.option(fc.integer({ min: 40, max: 200 }).map(day), { nil: null }),
  expiryEvent: fc.constantFrom(null, 'case closed'),
  revokedAt: fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, instant),
  part2: fc.constantFrom(null, part2, { ...part2, discloser: '' }),
});
const anyDisclosure: fc.Arbitrary<DisclosureScope> = fc.record({
  granteeOrganizationId: fc.constantFrom('agency-1', 'agency-2'),
  granteeClass: fc.constantFrom('COMMUNITY_AGENCIES', null),
  categories: categories.map((list) => list.slice(0, 2)),
  sensitivities: classes.map((list) => list.slice(0, 2)),
  purpose: fc.constantFrom('REFERRAL', 'REFERRAL', 'CARE_COORDINATION'),
  at: instant,
});
const narrowings: ((c: ConsentTerms) => ConsentTerms)[] = [
  (c) => ({ ...c, categories: c.categories.slice(1) }),
  (c) => ({ ...c, sensitivities: c.sensitivities.slice(1) }),
  (c) => ({ ...c, expiresAt: c.expiresAt && new Date(c.expiresAt.getTime() - 10 * 86_400_000) }),
  (c) => ({ ...c, startsAt: new Date(c.startsAt.getTime() + 10 * 86_400_000) }),
  (c) => ({ ...c, granteeClass: null }),
  (c) => ({ ...c, granteeOrganizationId: null }),
  (c) => ({ ...c, purpose: 'REFERRAL' }),
  (c) => ({ ...c, part2: null }),
  (c) => ({ ...c, method: 'VERBAL_WITNESSED' }),
  (c) => ({ ...c, status: 'REVOKED' }),
  (c) => ({ ...c, revokedAt: day(0) }),
];

describe('any consent', () => {
  it('is generated so that a fair share covers, or the rules below would test nothing', () => {
    const samples = fc.sample(fc.tuple(anyConsent, anyDisclosure), { numRuns: 3000, seed: 1 });
    expect(samples.filter(([c, d]) => covers(c, d).covered).length).toBeGreaterThan(60);
  });

  it('that is revoked or in error never covers, nor outside its time', () => {
    fc.assert(
      fc.property(anyConsent, anyDisclosure, (c, d) => {
        if (!covers(c, d).covered) return;
        expect(c.status).toBe('ACTIVE');
        expect(c.revokedAt === null || (c.revokedAt ?? day(0)) > d.at).toBe(true);
        expect(c.startsAt <= d.at && (!c.expiresAt || c.expiresAt > d.at)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('never covers more when it is narrowed', () => {
    fc.assert(
      fc.property(anyConsent, anyDisclosure, fc.constantFrom(...narrowings), (c, d, narrow) => {
        if (covers(narrow(c), d).covered) expect(covers(c, d).covered).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('covers every smaller disclosure of one it covers', () => {
    fc.assert(
      fc.property(anyConsent, anyDisclosure, (c, d) => {
        if (!covers(c, d).covered) return;
        expect(covers(c, { ...d, categories: d.categories.slice(1) }).covered).toBe(true);
        expect(covers(c, { ...d, sensitivities: d.sensitivities.slice(1) }).covered).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('never covers a sensitive class that it does not name', () => {
    fc.assert(
      fc.property(anyConsent, anyDisclosure, (c, d) => {
        if (!covers(c, d).covered) return;
        const revealed = d.sensitivities.filter((one) => one !== 'NONE');
        expect(c.sensitivities).toEqual(expect.arrayContaining(revealed));
        if (d.categories.includes('intimate-partner-violence')) {
          expect(c.sensitivities).toContain('INTIMATE_PARTNER_VIOLENCE');
        }
      }),
      { numRuns: 2000 },
    );
  });
});
