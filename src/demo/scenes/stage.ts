import type { Client } from 'pg';
import type { Dice } from '../dice.js';

/** One of the accounts that a visitor signs in with. */
export interface Player {
  id: string;
  name: string;
  org: string;
}

/** The network as it was written, for scenes that are set in it afterwards. */
export class Stage {
  constructor(
    readonly client: Client,
    readonly dice: Dice,
    readonly now: Date,
  ) {}

  async rows<Row = Record<string, string>>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query(sql, [...values])).rows as Row[];
  }

  async player(email: string): Promise<Player> {
    const sql = `select u.id, u.name, m.organization_id as org from hub.user_account u
      join hub.membership m on m.user_id = u.id where u.email = $1`;
    const [found] = await this.rows<Player>(sql, [email]);
    if (!found) throw new Error(`The demo has no account ${email}`);
    return found;
  }

  /** So many hours ago, or ahead of now. */
  hours(ago: number): Date {
    return new Date(this.now.getTime() - ago * 3_600_000);
  }

  days(ago: number): Date {
    return this.hours(24 * ago);
  }
}

/** What a scene finds of a referral. */
export interface Found {
  id: string;
  patient_id: string;
  from_org_id: string;
  to_org_id: string;
  sent_by: string;
  sent_by_name: string;
  sent_at: Date;
}
export const FOUND =
  'r.id, r.patient_id, r.from_org_id, r.to_org_id, r.sent_by, r.sent_by_name, r.sent_at from hub.referral r';
