import type { EntityManager } from '@mikro-orm/postgresql';
import { LockMode } from '@mikro-orm/postgresql';
import { taskAudit } from '../../access/index.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { defineTask } from '../../platform/jobs/task.js';
import type { Platform } from '../../platform/platform.js';
import { mayReach, type Reach } from './may-reach.js';
import { PatientLetter } from './patient-letter.entity.js';
import { rulesOf } from './rules-of.js';
import { letterKind, SEND_LETTER, type LetterWords } from './write-letter.js';

const EARLY_MS = 60_000;

type Sending = Extract<Reach, { go: 'SEND' }> & { words: LetterWords };

async function audit(em: EntityManager, letter: PatientLetter, action: string): Promise<void> {
  const { careOrgId, patientId, id } = letter;
  await taskAudit(em, careOrgId, { action, patientId, entity: 'patient_letter', entityId: id });
}

/** What becomes of a letter that waits: to be sent now, or settled here. */
async function decide(em: EntityManager, letter: PatientLetter, platform: Platform): Promise<Sending | null> {
  const now = platform.clock.now();
  const words = await letterKind(letter.kind)?.words(em, letter, platform);
  const rules = await rulesOf(em, letter);
  if (!words || !rules || rules.died) {
    letter.state = 'DROPPED';
    letter.settledAt = now;
    return null;
  }
  const reach = mayReach(rules, now, letter.way ?? undefined);
  if (reach.go === 'SEND') return { ...reach, words };
  if (reach.go === 'WAIT') {
    // Woken before the hour that it waits for: the database's clock is ahead of ours. It would be woken again at once, and again.
    const early = letter.notBefore?.getTime() === reach.until.getTime();
    letter.notBefore = reach.until;
    await enqueue(
      em,
      SEND_LETTER,
      { letterId: letter.id },
      { runAt: reach.until, ...(early && { pauseMs: EARLY_MS }) },
    );
    return null;
  }
  letter.state = 'HELD';
  letter.why = reach.go === 'ASK' ? reach.why : 'BY_PHONE';
  await audit(em, letter, 'letter.hold');
  return null;
}

/** Sends a letter to a patient when and how it is safe, once: its id is that of the letter, and a retry finds it sent. */
export const sendPatientLetter = defineTask<{ letterId: string }>(
  SEND_LETTER,
  async ({ letterId }, { db, platform }) => {
    const sending = await db.write(async (em) => {
      const letter = await em.findOne(PatientLetter, letterId, { lockMode: LockMode.PESSIMISTIC_WRITE });
      return letter?.state === 'WAITING' ? decide(em, letter, platform) : null;
    });
    if (!sending) return;
    const { way, to, language, words } = sending;
    const text = words.text[language];
    if (way === 'EMAIL') {
      await platform.mail.send({ to, subject: words.subject[language], text, purpose: 'patient', id: letterId });
    } else await platform.texts.send({ to, text, purpose: 'patient', id: letterId });
    await db.write(async (em) => {
      const letter = await em.findOneOrFail(PatientLetter, letterId, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (letter.state !== 'WAITING') return;
      letter.state = 'SENT';
      letter.settledAt = platform.clock.now();
      await audit(em, letter, 'letter.send');
    });
  },
);
