-- The board reads the first deals of each stage, and adds up how many have stood there
-- for long, from these alone.
create index opportunities_open_by_stage on opportunities
	(org_id, stage, close_date, id, owner_id, outcome) where outcome is null;
drop index opportunities_open_sums_by_stage;
create index opportunities_open_sums_by_stage on opportunities
	(org_id, stage, currency, close_date, owner_id, amount_minor, stage_since, outcome) where outcome is null;
