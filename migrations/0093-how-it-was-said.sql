-- By which of its ways an agency said something: signed in, by the link of a letter, or by answering the letter.
alter table hub.referral_transition add column via text check (via in ('ACCOUNT', 'LINK', 'MAIL'));
-- A reminder waits for the letter of the day too.
alter table hub.digest_item drop constraint digest_item_news_check;
alter table hub.digest_item add constraint digest_item_news_check check (news in ('NEW', 'MESSAGE', 'WITHDRAWN', 'WAITS'));
