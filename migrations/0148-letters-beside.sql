-- Whether a letter left is looked up and written beside the job that sends it, by the pool of the queue: a job that holds
-- a connection never waits for a second one of the same pool, where four of them could starve each other.
create policy letter_left_worker on hub.letter_left to hub_worker using (true) with check (true);
grant select, insert on hub.letter_left to hub_worker;
