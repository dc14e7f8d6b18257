-- Lists and totals are read from these alone: each begins with what a page asks
-- for, goes on in the order of the list, and carries what totals add up.
create index opportunities_open_by_owner on opportunities
	(org_id, owner_id, close_date, id, stage, currency, amount_minor) where outcome is null;
create index opportunities_open_by_close on opportunities
	(org_id, close_date, id, owner_id, stage, currency, amount_minor) where outcome is null;
create index opportunities_closed_by_owner on opportunities
	(org_id, owner_id, outcome, closed_at, id, stage, currency, amount_minor) where outcome is not null;
create index opportunities_closed on opportunities
	(org_id, outcome, closed_at, id, owner_id, stage, currency, amount_minor) where outcome is not null;
create index opportunities_by_creation on opportunities (org_id, created_at, id, owner_id);
create index opportunities_by_account on opportunities (org_id, account_id) where account_id is not null;
