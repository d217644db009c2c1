-- Letters and texts that stay at home are written beside the job that sends them, as what left is (0148): by the pool of the
-- queue, never by a second connection of the pool that the job reads with. It writes them; only tasks read what they say.
create policy mail_outbox_worker on hub.mail_outbox to hub_worker using (true) with check (true);
create policy text_outbox_worker on hub.text_outbox to hub_worker using (true) with check (true);
grant insert, select (id) on hub.mail_outbox, hub.text_outbox to hub_worker;
