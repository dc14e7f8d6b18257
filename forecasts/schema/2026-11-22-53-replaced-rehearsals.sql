-- A forecast that was rehearsed is outdated when the ledger gains what had been recorded
-- before its day: history that was imported later. It is made again. A forecast that was
-- frozen on its day never is.
alter table frozen_forecasts add column outdated bigint not null default 0 check (outdated in (0, 1));

-- What a rehearsed forecast was before it was made again: others learned their ranges from
-- it, and are made again from it. Editions count the replacements of an organization; who
-- learned at an edition learned from the first that was replaced after it, or else from the
-- one that stands.
create table replaced_rehearsals (
	org_id text not null references organizations (org_id),
	edition bigint not null check (edition > 0),
	day text not null check (length(day) = 10),
	method text not null check (length(method) between 1 and 60),
	as_of bigint not null,
	frozen_at bigint not null,
	sequence bigint not null check (sequence >= 0),
	settings text not null,
	open_deals bigint not null check (open_deals >= 0),
	document text not null,
	rehearsed bigint not null check (rehearsed = 1),
	primary key (org_id, edition)
);

create index replaced_rehearsals_by_method on replaced_rehearsals (org_id, method, edition);

-- Up to which entry of the ledger it was looked for what outdates rehearsed forecasts.
create table rehearsals_checked (
	org_id text not null primary key references organizations (org_id),
	sequence bigint not null check (sequence >= 0)
);
