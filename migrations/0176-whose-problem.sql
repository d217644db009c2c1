-- Whose row a problem of an import is about: what the file calls it, and the listing that it is or hangs on. The listing need
-- not be there: a trial writes none, and what was left out never comes to be.
alter table hub.import_problem add column subject text, add column service_id uuid;
