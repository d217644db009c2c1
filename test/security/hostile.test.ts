import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permissionsAsked, permissionsOf, type Permission, type Role } from '../../src/access/index.js';
import { newId } from '../../src/platform/id.js';
import {
  agencyStaff,
  careManager,
  carePrivacyOfficer,
  careSupervisor,
  curator,
  operator,
  planAnalyst,
  visitor,
  type Actor,
} from '../actors.js';
import { relatedPerson } from '../caseload-factories.js';
import { membership } from '../factories.js';
import { testHub, type TestHub } from '../hub.js';
import { pair, service, take, type Pair } from '../referral-factories.js';
import { apiKey, callOf, idPaths, pageToken, post, SECRETS, wholePerson, type Answer } from './hostile-ground.js';
import { randomQueries } from './random-queries.js';

/*
 * Everybody who has an account, somebody who has none, and a key, against one person's record that is none of theirs:
 * through every root field, with every id that somebody who once saw the record could have learnt.
 */
let hub: TestHub;
let victim: Pair & { referralId: string };
let stranger: Pair;
let learnt: { kind: string; id: string }[];
let officer: Actor;
let callers: { who: string; token?: string; roles: readonly Role[]; page?: readonly Permission[] }[];
let ownIds: Record<string, string>;

const TABLES = ['patient', 'related_person', 'assignment', 'coverage', 'consent', 'screening', 'need', 'disclosure'];

beforeAll(async () => {
  hub = await testHub({ now: new Date(), env: { TRUST_PROXY: '127.0.0.1' } });
  victim = await wholePerson(hub);
  stranger = await pair(hub);
  const other = await agencyStaff(hub);
  await service(hub, other.organization.id);
  const { organization } = victim.sender;
  officer = await carePrivacyOfficer(hub, { organization });
  const person = ({ token, roles }: Actor) => ({ who: roles.join(), token, roles });
  callers = [
    person(stranger.sender),
    person(await careSupervisor(hub)),
    person(other),
    person(await planAnalyst(hub)),
    person(await curator(hub)),
    person(await operator(hub)),
    { who: 'nobody', roles: [] },
    {
      who: 'a patient',
      token: await pageToken(hub, stranger),
      roles: [],
      page: ['help.read', 'help.contact', 'help.paper', 'help.write'],
    },
    {
      who: 'family',
      token: await pageToken(hub, stranger, await guardian()),
      roles: [],
      page: ['help.read', 'help.contact', 'help.paper'],
    },
    { who: 'a key', token: await apiKey(hub, stranger.sender), roles: stranger.sender.roles },
  ];
  learnt = [];
  for (const table of TABLES) {
    const rows = await hub.sql<{ id: string }>(`select id from hub.${table} where care_org_id = $1 limit 1`, [
      organization.id,
    ]);
    learnt.push(...rows.map(({ id }) => ({ kind: table, id })));
  }
  const [message] = await hub.sql<{ id: string }>('select id from hub.referral_message where referral_id = $1', [
    victim.referralId,
  ]);
  learnt.push(
    { kind: 'referral', id: victim.referralId },
    { kind: 'message', id: message?.id ?? '' },
    { kind: 'user', id: victim.sender.user.id },
    { kind: 'membership', id: victim.sender.membership.id },
    { kind: 'organization', id: organization.id },
  );
  ownIds = {
    patientId: stranger.patientId,
    serviceId: stranger.serviceId,
    needIds: stranger.needId,
    userId: stranger.sender.user.id,
  };
});
afterAll(() => hub.stop());

/** Somebody who decides for the stranger’s patient. */
const guardian = () => relatedPerson(hub, stranger.owner, stranger.patientId, { authority: 'GUARDIAN' });

/** Everything that is kept of the victim, but for who looked. */
async function record(): Promise<unknown> {
  const org = victim.sender.organization.id;
  const kept: Record<string, unknown> = {};
  for (const table of TABLES) {
    kept[table] = await hub.sql(`select * from hub.${table} where care_org_id = $1 order by id`, [org]);
  }
  for (const table of ['referral', 'referral_message', 'referral_transition']) {
    kept[table] = await hub.sql(`select * from hub.${table} where from_org_id = $1 order by id`, [org]);
  }
  kept['membership'] = await hub.sql('select * from hub.membership where organization_id = $1 order by id', [org]);
  kept['user'] = await hub.sql('select * from hub.user_account where id = $1', [victim.sender.user.id]);
  return kept;
}

const secretsIn = (text: string, allowed: readonly string[] = []): string[] =>
  Object.values(SECRETS).filter((secret) => !allowed.includes(secret) && text.includes(secret));

/** What an answer says, without the ids it repeats. */
function said({ json }: Answer): unknown {
  const errors = (json.errors ?? []).map(({ message, extensions }) => [message, extensions.code]);
  const it = json.data?.['it'];
  return { errors, it: it && Object.hasOwn(Object(it), 'userErrors') ? it : it ? 'something' : null };
}

// Public, or about oneself. Reports, claims and lists name public listings, and are refused for their number at times.
const OPEN = new Set([
  'organization',
  'service',
  'listedServices',
  'mailList',
  'reportListing',
  'claimListing',
  'signOut',
]);

describe('somebody else’s ids, through every root field', () => {
  it('are answered as ids of nothing, and change nothing', { timeout: 300_000 }, async () => {
    const before = await record();
    const schema = hub.app.schema();
    const roots = [
      ...Object.values(schema.getQueryType()?.getFields() ?? {}).map((field) => ({ kind: 'query' as const, field })),
      ...Object.values(schema.getMutationType()?.getFields() ?? {}).map((field) => ({
        kind: 'mutation' as const,
        field,
      })),
    ].filter(({ field }) => !OPEN.has(field.name) && idPaths(field.args).length > 0);
    const odd: unknown[] = [];
    let [asked, unknown] = [0, 0];
    for (const { who, token, roles, page = [] } of callers) {
      const may = new Set([...permissionsOf(roles), ...page]);
      for (const { kind, field } of roots) {
        // Whoever may not use the field at all is told so before an id is looked at: one shows it.
        const allowed = permissionsAsked(field.extensions)?.some((one) => may.has(one));
        const few = new Set(allowed ? learnt : learnt.filter(({ kind: what }) => what === 'referral'));
        for (const under of idPaths(field.args)) {
          // An organization and a user are no secrets where one is chosen.
          const tried = [...few].filter(({ kind: what }) => !(what === 'organization' && /organization/i.test(under)));
          const withId = (id: string) =>
            callOf(schema, kind, field, (path) =>
              path === under ? id : (ownIds[path.split('.').at(-1) ?? ''] ?? newId()),
            );
          const nothing = await post(hub, token, withId(newId()));
          const answers = await Promise.all(tried.map(({ id }) => post(hub, token, withId(id))));
          asked += answers.length;
          for (const { json } of answers) if (json.errors?.[0]?.extensions.code === 'NOT_FOUND') unknown += 1;
          for (const [index, answer] of answers.entries()) {
            // A made-up link that is tried too often is refused before anything is looked at.
            const tooOften = answer.json.errors?.[0]?.extensions.code === 'RATE_LIMITED';
            const same = tooOften || JSON.stringify(said(answer)) === JSON.stringify(said(nothing));
            const leaked = secretsIn(answer.text);
            if (!same || leaked.length > 0) {
              odd.push({
                who,
                field: field.name,
                under,
                kind: tried[index]?.kind,
                said: said(answer),
                nothing: said(nothing),
              });
            }
          }
        }
      }
    }
    expect(odd).toEqual([]);
    expect(asked).toBeGreaterThan(500);
    expect(unknown).toBeGreaterThan(asked / 3);
    expect(await record()).toEqual(before);
  });

  it('give nothing away to random valid queries', { timeout: 60_000 }, async () => {
    const schema = hub.app.schema();
    const ids = learnt.map(({ id }) => id);
    const idsOf = { patient: [victim.patientId], referral: [victim.referralId], need: [victim.needId] };
    for (const [nth, { token }] of callers.entries()) {
      for (const call of randomQueries(schema, 100 + nth, 20, { ids, idsOf })) {
        expect(secretsIn((await post(hub, token, call)).text)).toEqual([]);
      }
    }
  });
});

describe('the agency that received the referral', () => {
  it('reads what was shared, and no more by any path', { timeout: 60_000 }, async () => {
    const { familyName, givenName, phone, contactNote, request, message } = SECRETS;
    const shared = [familyName, givenName, phone, contactNote, request, message];
    const { token } = victim.agency;
    const seen: string[] = [];
    const schema = hub.app.schema();
    const ids = learnt.map(({ id }) => id);
    for (const call of randomQueries(schema, 7, 80, { ids, idsOf: { referral: [victim.referralId] } })) {
      const { text } = await post(hub, token, call);
      expect(secretsIn(text, shared)).toEqual([]);
      seen.push(...secretsIn(text));
    }
    const query = `query ($id: ID!) { referral(id: $id) { patientLabel request patient { id whatMatters }
      needs { id note } consent { id evidence } shared { items { key value } } from { name }
      messages { edges { node { body authorOrganization { id } } } } transitions { byName } } }`;
    const { json, text } = await post(hub, token, { query, variables: { id: victim.referralId } });
    expect(json.data?.['referral']).toMatchObject({ patient: null, needs: [], consent: null });
    expect(secretsIn(text, shared)).toEqual([]);
    expect(text).toContain(familyName);
  });
});

describe('a privacy officer', () => {
  it('reads the record and who saw it, and neither needs, answers nor referrals', async () => {
    const query = `query ($id: ID!) { patient(id: $id) { familyName needs { edges { node { note } } }
      screenings { edges { node { answers { text } } } }
      referrals { edges { node { request messages { edges { node { body } } } } } } } }`;
    const { text, json } = await post(hub, officer.token, { query, variables: { id: victim.patientId } });
    expect(json.data?.['patient']).toMatchObject({ familyName: SECRETS.familyName });
    expect(secretsIn(text)).toEqual([SECRETS.familyName]);
  });

  it('writes nothing', async () => {
    const before = await record();
    const schema = hub.app.schema();
    const own: Record<string, string> = { ...ownIds, patientId: victim.patientId, needIds: victim.needId };
    const allowed = new Set([
      'changePassword',
      'updateProfile',
      'startTotp',
      'finishTotp',
      'turnOffTotp',
      'signOut',
      'switchOrganization',
      // What she is there for: each asks for a row of her own organization.
      'closeEmergency',
      'restrictPatient',
      'reviewEmergency',
      // About a public listing, by whoever may search; nothing changes before a curator looked.
      'suggestChange',
    ]);
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      // What everybody may do without an account, such as reporting a listing, she may too.
      if (permissionsAsked(field.extensions)?.includes('public')) continue;
      if (allowed.has(field.name) || idPaths(field.args).length === 0) continue;
      for (const { id } of learnt) {
        const call = callOf(schema, 'mutation', field, (path) => own[path.split('.').at(-1) ?? ''] ?? id);
        const code = (await post(hub, officer.token, call)).json.errors?.[0]?.extensions.code;
        expect([field.name, code]).toEqual([field.name, 'FORBIDDEN']);
      }
    }
    expect(await record()).toEqual(before);
  });
});

describe('a session', () => {
  const me = '{ viewer { user { id } organization { id } } patients { edges { node { id } } } }';

  it('that was revoked opens nothing', async () => {
    const actor = await careManager(hub);
    expect(await actor.codes(me)).toEqual([]);
    await hub.sql('delete from hub.session where user_id = $1', [actor.user.id]);
    expect(await actor.codes(me)).toEqual(['UNAUTHENTICATED']);
  });

  it('of somebody whose membership ended, or whose account was closed, opens nothing', async () => {
    const left = await careManager(hub);
    await hub.sql('update hub.membership set ended_at = now() where id = $1', [left.membership.id]);
    expect(await left.codes(me)).toEqual(['UNAUTHENTICATED']);
    const closed = await careManager(hub);
    await hub.sql('update hub.user_account set disabled_at = now() where id = $1', [closed.user.id]);
    expect(await closed.codes(me)).toEqual(['UNAUTHENTICATED']);
  });

  it('switches to no membership but its person’s own, and not to one that ended', async () => {
    const actor = await careManager(hub);
    const ended = await membership(hub, { user: actor.user, organization: victim.sender.organization, ended: true });
    const switching = `mutation ($id: ID!) { switchOrganization(input: { membershipId: $id }) { step } }`;
    for (const id of [victim.sender.membership.id, ended.id, newId()]) {
      expect(await actor.codes(switching, { id })).toEqual(['NOT_FOUND']);
    }
    const { viewer } = await actor.gql(me);
    expect(viewer.organization.id).toBe(actor.organization.id);
  });
});

describe('a cursor', () => {
  const list =
    'query ($after: String) { patients(sort: NAME, first: 1, after: $after) { edges { node { id } } pageInfo { endCursor } } }';

  it('that was changed leads to nobody else’s rows, and that of another list is refused', async () => {
    const { patients } = await victim.sender.gql(list);
    const cursor: string = patients.pageInfo.endCursor;
    const found = await visitor(hub, stranger.sender.token).then((one) => one.gql(list, { after: cursor }));
    expect(JSON.stringify(found)).not.toContain(victim.patientId);
    const [print] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as string[];
    const forged = (...key: unknown[]) => Buffer.from(JSON.stringify([print, ...key])).toString('base64url');
    const nil = '00000000-0000-0000-0000-000000000000';
    const first = await stranger.sender.gql(list, { after: forged('', '', nil) });
    expect(JSON.stringify(first)).not.toContain(victim.patientId);
    for (const after of [
      forged("' or true --", 1, nil),
      forged('a', 'b'),
      forged({}, [], nil),
      'x',
      '',
      cursor.slice(2),
    ]) {
      expect(await stranger.sender.codes(list, { after })).toEqual(['BAD_USER_INPUT']);
    }
    const inbox = 'query ($after: String) { referrals(first: 1, after: $after) { edges { node { id } } } }';
    expect(await victim.sender.codes(inbox, { after: cursor })).toEqual(['BAD_USER_INPUT']);
  });
});

describe('a referral sent in error', () => {
  it('no longer tells the agency whom it was about, by any path', async () => {
    const withdrawn = await take(victim.sender, 'withdrawReferralInError', victim.referralId, {
      reason: 'Wrong person',
    });
    expect(withdrawn.refused).toEqual([]);
    const query = `query ($id: ID!) { referral(id: $id) { patientLabel request outcome reason shared { items { value } }
      messages { edges { node { body } } } transitions { reason byName } } inbox(filter: { queue: ALL }) { edges { node { patientLabel } } } }`;
    const { text } = await post(hub, victim.agency.token, { query, variables: { id: victim.referralId } });
    expect(secretsIn(text)).toEqual([]);
  });
});
