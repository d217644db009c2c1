import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyAdmin, agencyStaff, anonymous, curator, type Actor, type Visitor } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { listing } from '../../../test/listings.js';
import { act } from '../../../test/suggestions.js';
import { domainMatches } from './matches.js';

let hub: TestHub;
let keeper: Actor;
let nobody: Visitor;
beforeAll(async () => {
  hub = await testHub({ now: '2026-11-20T15:00:00Z' });
  [keeper, nobody] = [await curator(hub), await anonymous(hub)];
});
afterAll(() => hub.stop());

const person = { name: 'Ana Ruiz', email: 'ana@pantry.example', phone: '(410) 555-0101', position: 'Director' };
const claims = async (who: Visitor, serviceId: string) => {
  const { listingClaims } = await who.gql(
    'query { listingClaims(first: 100) { edges { node { id version email matches claimant { id } service { id } } } } }',
  );
  return listingClaims.edges
    .map((edge: { node: { service: { id: string } } }) => edge.node)
    .filter((node: { service: { id: string } }) => node.service.id === serviceId);
};

describe('a claim', () => {
  it('by somebody without an account is approved on evidence, and invites them to run the listed agency', async () => {
    const row = await listing(hub, { columns: { url: 'https://www.pantry.example/food' } });
    await act(nobody, 'claimListing', { serviceId: row.id, ...person }, 'claimed');
    const [claim] = await claims(keeper, row.id);
    expect(claim).toMatchObject({ email: 'ana@pantry.example', matches: ['website'], claimant: null });
    await act(keeper, 'approveClaim', { id: claim.id, expectedVersion: claim.version }, 'claim { status }');
    await hub.runJobs();
    await hub.runJobs();
    const [letter] = hub.mail.to('ana@pantry.example');
    const token = /#token=([\w-]+)/.exec(letter?.text ?? '')?.[1];
    const accepted = await nobody.gql(
      'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { step userErrors { code } } }',
      {
        input: { token, name: person.name, password: 'walk-the-long-harbor-road' },
      },
    );
    expect(accepted.acceptInvitation).toEqual({ step: 'SIGNED_IN', userErrors: [] });
    const members = await hub.sql('select roles from hub.membership where organization_id = $1', [row.organizationId]);
    expect(members).toEqual([{ roles: ['AGENCY_ADMIN'] }]);
  });

  it('that nothing speaks for needs a call to the listed number first', async () => {
    const row = await listing(hub);
    await act(nobody, 'claimListing', { serviceId: row.id, ...person, email: 'ana@gmail.com' }, 'claimed');
    const [claim] = await claims(keeper, row.id);
    expect(claim.matches).toEqual([]);
    const input = { id: claim.id, expectedVersion: claim.version };
    expect((await act(keeper, 'approveClaim', input, 'claim { status }')).refused).toEqual(['EVIDENCE_REQUIRED']);
    const { data } = await act(
      keeper,
      'approveClaim',
      { ...input, callbackNote: 'The desk put me through.' },
      'claim { status callbackNote }',
    );
    expect(data.claim).toEqual({ status: 'APPROVED', callbackNote: 'The desk put me through.' });
    expect((await act(keeper, 'rejectClaim', input, 'claim { status }')).refused).toEqual(['ALREADY_DECIDED']);
  });

  it('by an agency that is signed in hands it the listing, which it keeps from then on', async () => {
    const row = await listing(hub, { columns: { email: 'desk@pantry.example' } });
    const agency = await agencyAdmin(hub);
    await act(agency, 'claimListing', { serviceId: row.id, ...person }, 'claimed');
    const [claim] = await claims(keeper, row.id);
    expect(claim).toMatchObject({ matches: ['email'], claimant: { id: agency.organization.id } });
    const correcting = 'mutation ($input: CorrectServiceInput!) { correctService(input: $input) { service { id } } }';
    const input = { id: row.id, expectedVersion: 1, alert: 'Closed today' };
    expect(await agency.codes(correcting, { input })).toEqual(['FORBIDDEN']);
    await act(keeper, 'approveClaim', { id: claim.id, expectedVersion: claim.version }, 'claim { status }');
    const { service } = await agency.gql(
      'query ($id: ID!) { service(id: $id) { version organization { id } history { edges { node { field } } } } }',
      { id: row.id },
    );
    expect(service.organization.id).toBe(agency.organization.id);
    expect(service.history.edges[0].node.field).toBe('organization_id');
    expect(await agency.codes(correcting, { input: { ...input, expectedVersion: service.version } })).toEqual([]);
    expect((await act(agency, 'claimListing', { serviceId: row.id, ...person }, 'claimed')).refused).toEqual([
      'ALREADY_YOURS',
    ]);
  });

  it('is seen and decided by curators alone', async () => {
    const row = await listing(hub);
    await act(nobody, 'claimListing', { serviceId: row.id, ...person }, 'claimed');
    const [claim] = await claims(keeper, row.id);
    const deciding = 'mutation ($input: ApproveClaimInput!) { approveClaim(input: $input) { claim { id } } }';
    const staff = await agencyStaff(hub);
    expect(await staff.codes(deciding, { input: { id: claim.id, expectedVersion: 1 } })).toEqual(['FORBIDDEN']);
    expect(await staff.codes('query { listingClaims { edges { node { id } } } }')).toEqual(['FORBIDDEN']);
    expect(await nobody.codes('query { listingClaims { edges { node { id } } } }')).toEqual(['UNAUTHENTICATED']);
    expect(
      (
        await act(
          keeper,
          'rejectClaim',
          { id: claim.id, expectedVersion: claim.version, note: 'Not theirs' },
          'claim { status decisionNote }',
        )
      ).data.claim,
    ).toEqual({
      status: 'REJECTED',
      decisionNote: 'Not theirs',
    });
  });
});

describe('the domain of an address', () => {
  it('speaks for a claim when the listing has it too, and never when anybody can get one', () => {
    const listed = { websites: ['https://www.pantry.example/a', 'not a url'], emails: ['desk@gmail.com', null] };
    expect(domainMatches('ana@pantry.example', listed)).toEqual(['website']);
    expect(domainMatches('ana@mail.pantry.example', listed)).toEqual(['website']);
    expect(domainMatches('ana@notpantry.example', listed)).toEqual([]);
    expect(domainMatches('ana@gmail.com', listed)).toEqual([]);
    expect(domainMatches('ana@example', { websites: [], emails: ['x@pantry.example'] })).toEqual([]);
  });

  it('of a shelter makes the doors of its new agency secret in the search at once', async () => {
    const agency = await agencyAdmin(hub);
    const organizationId = agency.organization.id;
    const open = await listing(hub, { organizationId, name: 'Open Door', site: true });
    const shelter = await listing(hub, { sensitivity: 'INTIMATE_PARTNER_VIOLENCE', categories: ['intimate-partner-violence'], site: true }); // prettier-ignore
    await hub.sql(`select hub.enqueue('search.index', json_build_object('serviceIds', array[$1, $2]))`, [
      open.id,
      shelter.id,
    ]);
    await hub.runJobs();
    const shown = async () =>
      (await hub.sql<{ n: number }>('select count(*)::int as n from hub.search_document where service_id = $1 and latitude is not null', [open.id]))[0]?.n; // prettier-ignore
    expect(await shown()).toBe(1);
    await act(agency, 'claimListing', { serviceId: shelter.id, ...person }, 'claimed');
    const [claim] = await claims(keeper, shelter.id);
    const input = { id: claim.id, expectedVersion: claim.version, callbackNote: 'The desk put me through.' };
    await act(keeper, 'approveClaim', input, 'claim { status }');
    await hub.runJobs();
    expect(await shown()).toBe(0);
  });
});
