import type { ContactWindow } from './reach/contact-windows.js';

/** The columns that the caseload's own SQL reads, as PostgreSQL sends them: timestamps and bigints as text. */
export interface CaseloadTables {
  'hub.patient': {
    id: string;
    care_org_id: string;
    given_name: string;
    family_name: string;
    preferred_name: string | null;
    birth_date: string | null;
    gender: string | null;
    pronouns: string | null;
    language: string;
    interpreter_needed: boolean;
    phone: string | null;
    email: string | null;
    address_1: string | null;
    address_2: string | null;
    city: string | null;
    state: string | null;
    zip: string | null;
    county: string | null;
    contact_method: 'PHONE' | 'TEXT' | 'EMAIL' | 'MAIL' | 'NONE';
    voicemail_ok: boolean;
    contact_times: string | null;
    contact_windows: ContactWindow[] | null;
    time_zone: string | null;
    phone_safe: boolean;
    email_safe: boolean;
    contact_note: string | null;
    what_matters: string | null;
    household_size: number | null;
    annual_income_cents: string | null;
    is_veteran: boolean | null;
    has_disability: boolean | null;
    is_caregiver: boolean | null;
    child_birth_dates: string[] | null;
    insurance: string[] | null;
    risk: 'LOW' | 'RISING' | 'HIGH';
    status: 'ACTIVE' | 'INACTIVE' | 'DECEASED';
    external_id: string | null;
    restricted: 'STAFF' | 'PUBLIC_FIGURE' | 'SURVIVOR' | 'ASKED' | null;
    version: number;
    created_at: string;
    updated_at: string;
  };
  'hub.assignment': { patient_id: string; care_org_id: string; user_id: string; ends_at: string | null };
  'hub.zip_code': { zip: string; city: string; county: string; state: string };
  // Of lower roots, read by name: lists and summaries of patients need them in the same statement.
  'hub.need': { patient_id: string; care_org_id: string; category: string; status: string };
  'hub.screening': { patient_id: string; care_org_id: string; status: string; completed_at: string | null };
  'hub.referral': { patient_id: string; from_org_id: string; status: string; answer_due_at: string | null };
}

/** A need that still asks for something: possible ones are to be talked about, the others are to be helped. */
export const OPEN_NEED = ['POSSIBLE', 'CONFIRMED', 'BEING_ADDRESSED'] as const;
