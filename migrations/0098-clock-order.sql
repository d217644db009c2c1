-- The tick walks what is due in one go, from where its last batch ended: without the id, a batch would read again the
-- entries that the batches before it have left behind.
create index referral_clock_order on hub.referral (next_clock_at, id) where next_clock_at is not null;
drop index hub.referral_next_clock;
