-- What of notes is put in order by is kept with their words: whose deal it is, whether
-- that is closed, and the last entry about the note.
alter table search_entries add column owner_id text not null default '';
alter table search_entries add column closed bigint not null default 0 check (closed in (0, 1));
alter table search_entries add column touched bigint not null default 0;
-- only postgres
select set_config('milepost.org', '*', true); -- or row-level security shows none of them
-- both
update search_entries
set owner_id = coalesce(o.owner_id, ''), closed = case when o.outcome is null then 0 else 1 end,
	touched = coalesce((select t.version from notes t where t.org_id = search_entries.org_id and t.id = search_entries.id), 0)
from opportunities o
where search_entries.kind = 'note' and o.org_id = search_entries.org_id and o.id = search_entries.deal_id;
-- only postgres
drop index search_entries_by_number;
create unique index search_entries_by_number on search_entries (org_id, n) include (id, owner_id, closed, touched);
-- both
