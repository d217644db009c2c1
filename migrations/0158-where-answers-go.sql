-- Where an answer to a letter that stayed here goes.
alter table hub.mail_outbox add column reply_to text check (length(reply_to) between 3 and 320);
