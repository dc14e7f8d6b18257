-- Changes of many accounts are kept by the room bulk now, with those of other lists.
-- What was done stays readable, and can be undone.
-- only postgres
select set_config('milepost.org', '*', true); -- or row-level security shows none of them
-- both
insert into bulks (org_id, id, list, person_id, what, value, state, made_at, ended_at, touched_at)
select org_id, id, 'accounts', person_id, what, value, state, made_at, ended_at, touched_at
from account_changes;
insert into bulk_rows (org_id, bulk_id, record_id, place, state, version, value_before, value_after, reason)
select org_id, change_id, account_id, place, state, version, value_before, value_after, reason
from account_change_rows;
drop table account_change_rows;
drop table account_changes;
