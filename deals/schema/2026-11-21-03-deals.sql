create table accounts (
	org_id text not null references organizations (org_id),
	id text not null check (length(id) = 36),
	name text not null check (length(name) between 1 and 300),
	name_key text not null,
	created_at bigint not null,
	primary key (org_id, id)
);
create unique index accounts_by_name on accounts (org_id, name_key);

create table opportunities (
	org_id text not null references organizations (org_id),
	id text not null check (length(id) = 36),
	external_id text,
	title text not null,
	title_key text not null default '',
	account_id text,
	owner_id text,
	amount_minor bigint check (amount_minor >= 0),
	currency text,
	close_date text check (length(close_date) = 10),
	stage text not null default '',
	stage_since bigint,
	source text not null default '',
	segment text not null default '',
	product text not null default '',
	created_at bigint not null,
	outcome text check (outcome in ('won', 'lost', 'no_action')),
	closed_at bigint,
	competitor text not null default '',
	reason text not null default '',
	last_activity_at bigint,
	activities bigint not null default 0,
	reopened bigint not null default 0,
	slips bigint not null default 0,
	version bigint not null,
	primary key (org_id, id),
	foreign key (org_id, account_id) references accounts (org_id, id),
	foreign key (org_id, owner_id) references people (org_id, id),
	check ((amount_minor is null) = (currency is null)),
	check ((outcome is null) = (closed_at is null))
);
create unique index opportunities_by_external_id on opportunities (org_id, external_id) where external_id is not null;

create table opportunity_attributes (
	org_id text not null references organizations (org_id),
	opportunity_id text not null,
	name text not null,
	value text not null,
	primary key (org_id, opportunity_id, name),
	foreign key (org_id, opportunity_id) references opportunities (org_id, id)
);
