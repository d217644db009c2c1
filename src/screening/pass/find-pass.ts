import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { afterRightProof, asLink, beforeLink, beforeProof, findApart, hashToken } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import type { Recorder } from '../answers.js';
import { Screening } from '../screening.entity.js';
import type { PassKind } from './screening-pass.entity.js';

/** A pass as its token tells it. */
export interface FoundPass {
  id: string;
  screeningId: string;
  careOrgId: string;
  kind: PassKind;
  checkBirthDate: boolean;
  createdAt: Date;
  /** Neither run out, nor called back, nor used to the end. */
  open: boolean;
  /** Used to the end, or the screening ended meanwhile. */
  ended: boolean;
}

interface Row {
  id: string;
  screening_id: string;
  care_org_id: string;
  kind: PassKind;
  check_birth_date: boolean;
  created_at: string;
  expires_at: string;
  ended_at: string | null;
  revoked_at: string | null;
}

/** The pass of a token; tokens that nobody made are counted against the address that tries them. */
export async function findPass(ctx: HubContext, token: string): Promise<FoundPass> {
  const row = await findApart(ctx, async ({ db }) => {
    const { rows } = await sql<Row>`select * from hub.find_screening_pass(${hashToken(token)}::bytea)`.execute(
      (await db.em()).getKysely<unknown>(),
    );
    return rows[0];
  });
  if (!row) {
    await beforeLink(ctx);
    return fail.notFound('Link');
  }
  const ended = row.ended_at !== null;
  const works = row.revoked_at === null && new Date(row.expires_at) > ctx.clock.now();
  return {
    id: row.id,
    screeningId: row.screening_id,
    careOrgId: row.care_org_id,
    kind: row.kind,
    checkBirthDate: row.check_birth_date,
    createdAt: new Date(row.created_at),
    open: works && !ended,
    ended: ended && works,
  };
}

/** The same, for those that still work. */
export async function openPass(ctx: HubContext, token: string): Promise<FoundPass> {
  const pass = await findPass(ctx, token);
  return pass.open
    ? pass
    : refuse('LINK_ENDED', 'This link no longer works. Ask your care team for a new one.', 'token');
}

/** Whether the birth date is right, where the pass asks for it. Five wrong ones an hour, from wherever. */
export async function proveBirthDate(
  ctx: HubContext,
  pass: FoundPass,
  birthDate: string | null | undefined,
): Promise<boolean> {
  if (!pass.checkBirthDate) return true;
  if (!birthDate) return false;
  await beforeProof(ctx, pass.id);
  const right = await asPass(ctx, pass, async (as) => {
    const { rows } = await sql<{ right: boolean }>`select p.birth_date = ${birthDate}::date as right
      from hub.screening s join hub.patient p on p.id = s.patient_id where s.id = ${pass.screeningId}::uuid`.execute(
      (await as.db.em()).getKysely<unknown>(),
    );
    return rows[0]?.right ?? false;
  });
  if (right) await afterRightProof(ctx, pass.id);
  return right;
}

/** What a pass may do: read one form, write its answers, end it. The code asks for its own screening alone. */
export function asPass<T>(ctx: HubContext, pass: FoundPass, work: (as: HubContext) => Promise<T>): Promise<T> {
  const permissions = ['screening.read', 'screening.write', 'patient.read'] as const;
  return asLink(ctx, { id: pass.id, organizationId: pass.careOrgId, permissions }, work);
}

/** Through whose hands the answers of a pass come. */
export const handOf = ({ kind }: FoundPass): Recorder => ({ by: null, via: kind });

/** The one screening of a pass. */
export async function screeningOfPass(as: HubContext, { screeningId }: FoundPass): Promise<Screening> {
  return (await (await as.db.em()).findOne(Screening, { id: screeningId })) ?? fail.notFound('Link');
}
