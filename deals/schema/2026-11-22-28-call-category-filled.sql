-- The same once more where row-level security showed none of the entries.
-- only postgres
select set_config('milepost.org', '*', true);
-- both
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
