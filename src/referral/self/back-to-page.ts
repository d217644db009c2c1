import type { HubContext } from '../../access/index.js';
import { helpLinkUrl, makeHelpLink } from '../../caseload/index.js';
import { beforeSelf, maySendCode } from '../../identity/index.js';
import { toDate } from '../../platform/database/rows.js';
import { fail } from '../../platform/graphql/errors.js';
import { addressOf, beginRequest, tooManyCodes } from './begin-request.js';
import type { AskForMyPagesInput, MyPageAgain, OpenMyPagesInput } from './back.inputs.js';
import { codeEnded, prove, wrongCode } from './prove.js';
import type { SelfRequest } from './self-request.entity.js';
import { SELF_PAGE_DAYS } from './send-self.js';
import { asThemselves, SELF_ORG } from './self-org.js';

/**
 * Somebody lost the link of their page: a code goes to the way they gave. The answer is the same whether anybody ever
 * asked by it, and so is what is sent; only who holds the code learns what there is.
 */
export async function askForPages(ctx: HubContext, input: AskForMyPagesInput): Promise<string> {
  if (input.way === 'CALL') fail.badInput('input.way', 'EMAIL or TEXT is expected');
  const address = addressOf(input);
  await beforeSelf(ctx, address);
  if (!(await maySendCode(ctx, address))) tooManyCodes();
  return beginRequest(ctx, { ...input, address }, null);
}

interface Row {
  patientId: string;
  askedAt: string;
  /** How the last link was given: letters go to those alone who once wanted them. */
  way: 'EMAIL' | 'TEXT' | 'PAPER';
  /** A link that this very request made already: ids follow each other in time. */
  made: string | null;
}

/**
 * Those who proved this address when they asked. A number that was only to be called proves nothing, so nobody gets in by
 * it; nor by what the person said since is not safe.
 */
const PEOPLE = `select p.id as "patientId", r.sent_at as "askedAt", l.way, case when l.id > ? and not l.ended then l.id end as made
  from hub.patient p
  join lateral (select r.sent_at from hub.referral r where r.patient_id = p.id and r.from_org_id = p.care_org_id and r.sent_at is not null
    order by r.id limit 1) r on true
  join lateral (select l.id, l.way, l.revoked_at is not null as ended from hub.help_link l where l.patient_id = p.id
    and l.care_org_id = p.care_org_id order by l.id desc limit 1) l on true
  where p.care_org_id = ? and p.status = 'ACTIVE' and case when ? = 'EMAIL' then lower(p.email) = lower(?) and p.email_safe and p.contact_method <> 'NONE'
    else p.phone = ? and p.phone_safe and p.contact_method = 'TEXT' end
  order by p.id desc limit 5`;

/** Gives whoever has the code new links to the pages of what they asked for; the older links stop working. */
export async function openPages(ctx: HubContext, { ticket, code }: OpenMyPagesInput): Promise<MyPageAgain[]> {
  await beforeSelf(ctx, ticket);
  const answer = await asThemselves(ctx, ticket, async (as) => {
    const proved = await prove(as, ticket, code);
    if (proved.state !== 'RIGHT') return proved.state;
    return proved.request.serviceId ? 'ENDED' : pagesOf(as, proved.request);
  });
  if (answer === 'WRONG') return wrongCode();
  return answer === 'ENDED' ? codeEnded() : answer;
}

async function pagesOf(as: HubContext, { id, way, address }: SelfRequest): Promise<MyPageAgain[]> {
  const em = await as.db.em();
  const to = address ?? '';
  const rows = await em.execute<Row[]>(PEOPLE, [id, SELF_ORG, way, to, to]);
  const pages: MyPageAgain[] = [];
  for (const { patientId, askedAt, way: given, made } of rows) {
    const input = { patientId, way: given, asksBirthYear: false, days: SELF_PAGE_DAYS };
    const linkId = made ?? (await makeHelpLink(as, input)).link.id;
    pages.push({ askedAt: toDate(askedAt), url: helpLinkUrl(as.platform.config, linkId) });
  }
  return pages;
}
