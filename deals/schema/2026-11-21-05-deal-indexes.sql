-- Lists and totals are read from these alone. Each begins with what a page asks
-- for, goes on in the order of the list or of the sums, and carries whatever else is
-- asked; the outcome is there because SQLite reads a row for a column that only
-- the index's own condition names.
create index opportunities_open_by_owner on opportunities
	(org_id, owner_id, close_date, id, outcome) where outcome is null;
create index opportunities_open_by_close on opportunities
	(org_id, close_date, id, owner_id, outcome) where outcome is null;
create index opportunities_open_sums_by_owner on opportunities
	(org_id, owner_id, stage, currency, close_date, amount_minor, outcome) where outcome is null;
create index opportunities_open_sums_by_stage on opportunities
	(org_id, stage, currency, close_date, owner_id, amount_minor, outcome) where outcome is null;
create index opportunities_ended_by_owner on opportunities
	(org_id, owner_id, outcome, closed_at, id, stage, currency, amount_minor) where outcome is not null;
create index opportunities_ended on opportunities
	(org_id, outcome, closed_at, id, owner_id, stage, currency, amount_minor) where outcome is not null;
create index opportunities_by_creation on opportunities (org_id, created_at, id, owner_id);
create index opportunities_by_owner on opportunities
	(org_id, owner_id, created_at, id, stage, currency, amount_minor);
create index opportunities_sums_by_stage on opportunities
	(org_id, stage, currency, owner_id, amount_minor);
create index opportunities_by_account on opportunities (org_id, account_id) where account_id is not null;
