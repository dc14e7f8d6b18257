-- What the owner calls a deal. Entries of imported histories said it before there was a
-- column for it: the last one that holds is taken over. Payloads begin with the name.
alter table opportunities add column call_category text not null default '' check (call_category in ('', 'commit', 'best', 'pipeline', 'omitted'));
update opportunities set call_category = coalesce((
	select case
		when e.payload like '{"name":"commit"%' then 'commit'
		when e.payload like '{"name":"best"%' then 'best'
		when e.payload like '{"name":"pipeline"%' then 'pipeline'
		else 'omitted' end
	from entries e
	where e.org_id = opportunities.org_id and e.opportunity_id = opportunities.id and e.kind = 'call.given'
		and (e.payload like '{"name":"commit"%' or e.payload like '{"name":"best"%' or e.payload like '{"name":"pipeline"%' or e.payload like '{"name":"omitted"%')
	order by e.effective_at desc, e.sequence desc
	limit 1), '');
