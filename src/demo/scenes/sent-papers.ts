import { createHash } from 'node:crypto';
import type { Files } from '../../platform/files/files.js';
import { PERSON } from '../links.js';
import { paper } from './paper.js';
import type { Stage } from './stage.js';

interface Around {
  care_org_id: string;
  patient_id: string;
  relative_id: string;
}

interface Sent {
  hours: number;
  by: 'PERSON' | 'RELATIVE';
  what: 'SIGNED' | 'PROOF';
  name: string;
  title: string;
  lines: string[];
  note: string | null;
  seen: boolean;
}

const SENT: readonly Sent[] = [
  { hours: 3, by: 'PERSON', what: 'SIGNED', name: 'Signed.pdf', title: 'I agree', lines: ['Signed on paper.'], note: 'I signed it last night.', seen: false }, // prettier-ignore
  { hours: 20, by: 'RELATIVE', what: 'PROOF', name: 'Light bill.pdf', title: 'Electric bill', lines: ['Amount due: 84.10'], note: 'The form asks for a bill with the address.', seen: false }, // prettier-ignore
  { hours: 70, by: 'PERSON', what: 'PROOF', name: 'Lease.pdf', title: 'Lease, page 1', lines: ['Rent: 910 a month'], note: null, seen: true }, // prettier-ignore
];

/** What the person with a page and her family sent back: two that wait for the care manager, one that was looked at. */
export async function sentPapers(stage: Stage, files: Files | undefined): Promise<void> {
  const [around] = await stage.rows<Around>(PERSON);
  if (!around) return;
  const { care_org_id: org, patient_id: patient, relative_id: relative } = around;
  for (const { hours, by, what, name, title, lines, note, seen } of SENT) {
    const at = stage.hours(hours);
    const id = stage.dice.id(at);
    const bytes = paper(title, ['Fictional, for demonstration only.', ...lines]);
    const file = [id, org, name, 'application/pdf', bytes.length];
    await files?.put(id, bytes, 'application/pdf');
    await stage.rows(
      `insert into hub.stored_file (id, org_id, kind, name, type, bytes, sha256, created_at, attached_at)
       values ($1, $2, 'person-paper', $3, $4, $5, $6, $7, $7)`,
      [...file, createHash('sha256').update(bytes).digest(), at],
    );
    await stage.rows(
      `insert into hub.person_paper (file_id, care_org_id, name, type, bytes, patient_id, related_person_id, what, note, private, sent_at, seen_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, false, $10, $11)`,
      [...file, patient, by === 'RELATIVE' ? relative : null, what, note, at, seen ? stage.hours(hours - 2) : null],
    );
  }
}
