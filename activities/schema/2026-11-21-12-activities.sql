-- What happened in deals, and what is planned. The ledger is the truth; these rows
-- are made from it, by whoever writes and by the follower. No foreign key leads to
-- the deals: entries may be followed before a deal's row is written.
create table activities (
	org_id text not null references organizations (org_id),
	id text not null check (length(id) = 36),
	deal_id text not null,
	owner_id text not null default '',
	person_id text not null default '',
	type text not null,
	state text not null check (state in ('done', 'planned', 'withdrawn')),
	at bigint not null,
	minutes bigint not null default 0 check (minutes >= 0),
	participants text not null default '',
	text text not null default '',
	outcome text not null default '',
	via text not null default '',
	recorded_at bigint not null,
	version bigint not null,
	primary key (org_id, id)
);
-- The list walks one of these in its order. What a team did is counted without
-- looking at the rows, whichever of them the planner takes.
create index activities_by_time on activities (org_id, state, at, id, owner_id, type, person_id);
create index activities_by_owner on activities (org_id, owner_id, state, at, id, type, person_id);
create index activities_by_person on activities (org_id, person_id, state, at, id, type, owner_id);
create index activities_by_deal on activities (org_id, deal_id, state, at, id);
