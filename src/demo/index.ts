import type { Feature } from '../platform/feature.js';
import type { DemoPlace } from './accounts.js';
import { DEMO_PASSWORD, DEMO_PEOPLE } from './accounts.js';
import { demoLinks } from './links.js';
import { demoNames } from './words.js';

export { DEMO_SIZE, fillWhenEmpty } from './fill.js';

/** For the terminal; pages say it in the language of who reads. */
const ROLE_WORDS: Readonly<Record<string, string>> = {
  CARE_MANAGER: 'Care manager',
  CARE_SUPERVISOR: 'Care supervisor',
  AGENCY_ADMIN: 'Food pantry',
  AGENCY_STAFF: 'Housing agency',
  PLAN_ANALYST: 'Health plan analyst',
  PLAN_ADMIN: 'Health plan administrator',
  CURATOR: 'Directory curator',
  PRIVACY_OFFICER: 'Privacy officer',
  OPERATOR: 'Operator',
};

const PLACE_WORDS: Readonly<Record<DemoPlace, string>> = {
  care: demoNames.careOrganizations[0] ?? '',
  pantry: 'Food pantry (demo)',
  housing: 'Housing agency (demo)',
  plan: demoNames.plans[0] ?? '',
  steward: demoNames.steward,
};

/** The fictional network of a hub that is only being tried out, and the accounts to try it with. */
export const demo: Feature = {
  name: 'demo',
  open: async (platform) => {
    if (!platform.config.demo) return;
    platform.demoLinks = () => demoLinks(platform.config);
    platform.demoAccounts = DEMO_PEOPLE.map(({ email, name, role, place }) => ({
      email,
      name,
      password: DEMO_PASSWORD,
      role,
      organization: PLACE_WORDS[place],
    }));
  },
  welcome: ({ config }) => {
    if (!config.demo) return [];
    const width = Math.max(...DEMO_PEOPLE.map((person) => person.email.length)) + 2;
    return [
      'Everything in this demo is fictional. Sign in with one of these; the password is the same for all:',
      `  ${DEMO_PASSWORD}`,
      ...DEMO_PEOPLE.map(({ email, role }) => `  ${email.padEnd(width)}${ROLE_WORDS[role] ?? role}`),
      config.mail.smtpUrl
        ? 'Letters leave by SMTP_URL.'
        : 'Letters and text messages are not sent: /sandbox/mail shows them.',
    ];
  },
};
