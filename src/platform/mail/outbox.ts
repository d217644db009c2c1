import type { MikroORM } from '@mikro-orm/postgresql';
import { asTask } from '../database/operation.js';
import { newId } from '../id.js';
import type { Mail } from './mail.js';

/** Letters that stay at home: kept in hub.mail_outbox, where the demo shows them. The way when no SMTP_URL is set. */
export function outboxMail(orm: MikroORM): Mail {
  return {
    async send({ to, subject, text, html, purpose, id = newId() }) {
      await asTask(orm).write((em) =>
        em.execute(
          `insert into hub.mail_outbox (id, recipient, subject, body_text, body_html, purpose, sent_at)
           values (?, ?, ?, ?, ?, ?, now()) on conflict (id) do nothing`,
          [id, to, subject, text, html ?? null, purpose],
        ),
      );
    },
    close: async () => undefined,
  };
}
