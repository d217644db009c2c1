import type { DueReason, LifeEventKind, PauseReason } from './due.words.js';

type Moment = string | Date;

/** The tables of screenings that are due, as PostgreSQL sends them. */
export interface DueTables {
  'hub.patient_event': {
    id: string;
    care_org_id: string;
    patient_id: string;
    kind: LifeEventKind;
    on_day: string;
    recorded_by: string | null;
    created_at: Moment;
    withdrawn_at: Moment | null;
  };
  'hub.screening_rule': {
    id: string;
    care_org_id: string;
    trigger: DueReason;
    instrument_key: string | null;
    days: number;
    active: boolean;
    changed_by: string | null;
    changed_at: Moment;
  };
  'hub.screening_pause': {
    id: string;
    care_org_id: string;
    patient_id: string;
    kind: 'SNOOZED' | 'DECLINED';
    reason: PauseReason;
    note: string | null;
    until: Moment;
    created_by: string | null;
    created_at: Moment;
    ended_at: Moment | null;
  };
}
