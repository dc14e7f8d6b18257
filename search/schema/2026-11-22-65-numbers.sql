-- What has a number is read from the index alone, where PostgreSQL would else go to the
-- table for each of the fifty that are put in order.
-- only postgres
drop index search_entries_by_number;
create unique index search_entries_by_number on search_entries (org_id, n) include (id);
-- both
