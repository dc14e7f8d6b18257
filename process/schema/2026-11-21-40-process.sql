-- How the organization sells. The ledger is the truth; rows are what its entries come
-- to. A version is written once and stays as it is.
create table processes (
	org_id text not null references organizations (org_id),
	id text not null check (length(id) = 36),
	state text not null check (state in ('draft', 'active', 'retired')),
	draft text not null,
	changed bigint not null check (changed in (0, 1)),
	choice text not null,
	changed_at bigint not null,
	changed_by text not null default '',
	version bigint not null,
	primary key (org_id, id)
);

create table process_versions (
	org_id text not null,
	process_id text not null,
	number bigint not null check (number > 0),
	content text not null,
	primary key (org_id, process_id, number),
	foreign key (org_id, process_id) references processes (org_id, id)
);
