-- Changes of many deals are kept by the room bulk now, with those of other lists. What
-- was done stays readable, and can be undone.
-- only postgres
select set_config('milepost.org', '*', true); -- or row-level security shows none of them
-- both
insert into bulks (org_id, id, list, person_id, what, value, state, made_at, ended_at, touched_at)
select org_id, id, 'deals', person_id, what, value, state, made_at, ended_at, touched_at
from bulk_changes;
insert into bulk_rows (org_id, bulk_id, record_id, place, state, version, value_before, value_after, reason)
select org_id, bulk_id, deal_id, place, state, version, value_before, value_after, reason
from bulk_change_deals;
drop table bulk_change_deals;
drop table bulk_changes;
