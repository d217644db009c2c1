import type { EntityManager } from '@mikro-orm/postgresql';
import type { Platform } from '../../platform/platform.js';
import { newId } from '../../platform/id.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import type { Words } from '../../platform/words.js';
import type { Way } from './may-reach.js';
import { PatientLetter } from './patient-letter.entity.js';

/** What a letter says: nothing that tells a reader over the shoulder whom or what it is about. */
export interface LetterWords {
  subject: Words;
  text: Words;
}

/** One kind of letter to patients; its root says the words when it goes, or null when it is no longer needed. */
export interface LetterKind {
  name: string;
  words(em: EntityManager, letter: PatientLetter, platform: Platform): Promise<LetterWords | null>;
}

const kinds = new Map<string, LetterKind>();

/** Makes a kind of letter known. Saying one twice changes nothing. */
export function defineLetter(kind: LetterKind): LetterKind {
  kinds.set(kind.name, kind);
  return kind;
}

export const letterKind = (name: string): LetterKind | undefined => kinds.get(name);

/** The name of the job that sends one; the job itself stands in `send-letter.task.ts`. */
export const SEND_LETTER = 'caseload.send-letter';

interface Writing {
  /** Of a job that may run twice: then it is one letter. */
  id?: string;
  careOrgId: string;
  patientId: string;
  relatedPersonId?: string | null;
  /** A way they asked for themselves; their usual one when left out. */
  way?: Way;
  aboutId?: string;
  by?: string | null;
}

/**
 * Has a letter written to a patient, or to somebody around them, once the transaction commits. It goes when and how they
 * said it is safe; when it cannot, it comes up for the care team.
 */
export async function writeLetter(em: EntityManager, kind: LetterKind, to: Writing, now: Date): Promise<PatientLetter> {
  const letter = em.create(PatientLetter, {
    id: to.id ?? newId(),
    careOrgId: to.careOrgId,
    patientId: to.patientId,
    relatedPersonId: to.relatedPersonId ?? null,
    kind: kind.name,
    aboutId: to.aboutId ?? null,
    way: to.way ?? null,
    state: 'WAITING',
    createdBy: to.by ?? null,
    createdAt: now,
  });
  await em.flush();
  await enqueue(em, SEND_LETTER, { letterId: letter.id });
  return letter;
}
