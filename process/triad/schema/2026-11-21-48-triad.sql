-- How well deals are qualified, through time: answers grow old, so that a deal's level
-- falls by itself. A deal has one row for each stretch through which it stays the same
-- if nobody says anything more. The ledger is the truth; these rows are made from it.
create table triad_spans (
	org_id text not null references organizations (org_id),
	deal_id text not null,
	from_at bigint not null,
	until_at bigint not null,
	level bigint not null,
	functional bigint not null,
	financial bigint not null,
	political bigint not null,
	stale bigint not null,
	primary key (org_id, deal_id, from_at),
	check (from_at < until_at)
);
