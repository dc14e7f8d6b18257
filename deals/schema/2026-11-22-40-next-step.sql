-- What is next in a deal, and by when; empty while nothing is. Entries said it before
-- there was a column for it: the last step that was set counts, unless it was ended.
alter table opportunities add column next_step text not null default '';
alter table opportunities add column next_due text check (length(next_due) = 10);
-- only postgres
select set_config('milepost.org', '*', true); -- or row-level security shows none of the entries
update opportunities set next_step = coalesce(last.payload::jsonb ->> 'value', ''), next_due = nullif(last.payload::jsonb ->> 'date', '')
from (
	select distinct on (s.org_id, s.opportunity_id) s.org_id, s.opportunity_id, s.id, s.payload
	from entries s
	where s.kind = 'next_step.set' and s.opportunity_id is not null
	order by s.org_id, s.opportunity_id, s.sequence desc
) last
where last.org_id = opportunities.org_id and last.opportunity_id = opportunities.id and last.payload like '{%'
	and not exists (
		select 1
		from entries e
		where e.org_id = last.org_id and e.opportunity_id = last.opportunity_id and e.kind = 'next_step.done' and e.subject = last.id);
-- only sqlite
update opportunities set next_step = coalesce(json_extract(last.payload, '$.value'), ''), next_due = nullif(json_extract(last.payload, '$.date'), '')
from (
	select s.org_id, s.opportunity_id, s.id, s.payload, max(s.sequence) as sequence
	from entries s
	where s.kind = 'next_step.set' and s.opportunity_id is not null
	group by s.org_id, s.opportunity_id
) last
where last.org_id = opportunities.org_id and last.opportunity_id = opportunities.id and last.payload like '{%'
	and not exists (
		select 1
		from entries e
		where e.org_id = last.org_id and e.opportunity_id = last.opportunity_id and e.kind = 'next_step.done' and e.subject = last.id);
-- both
-- A list narrowed by it, and what that adds up to, are read from this alone.
create index opportunities_open_by_step on opportunities
	(org_id, next_due, owner_id, close_date, id, stage, currency, amount_minor, outcome) where outcome is null;
