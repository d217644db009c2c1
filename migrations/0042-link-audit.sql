-- The audit has a column for lists of patients; whoever writes it by a link names it too.
grant insert (patient_ids) on hub.audit to hub_link;
