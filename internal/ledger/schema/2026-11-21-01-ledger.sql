create table organizations (
	org_id text primary key check (length(org_id) between 1 and 36),
	name text not null check (length(name) between 1 and 200),
	time_zone text not null,
	fiscal_start bigint not null check (fiscal_start between 1 and 12),
	currency text not null check (length(currency) between 1 and 10),
	demonstration bigint not null default 0 check (demonstration in (0, 1)),
	created_at bigint not null
);

create table ledger_heads (
	org_id text primary key references organizations (org_id),
	sequence bigint not null check (sequence >= 0),
	hash text not null
);

create table entries (
	org_id text not null references organizations (org_id),
	sequence bigint not null check (sequence > 0),
	id text not null check (length(id) = 36),
	recorded_at bigint not null,
	effective_at bigint not null,
	actor text not null,
	via text not null,
	kind text not null,
	subject text not null,
	opportunity_id text,
	payload text not null,
	salt text not null,
	payload_hash text not null,
	hash text not null,
	primary key (org_id, sequence)
);
create unique index entries_by_id on entries (org_id, id);
create index entries_by_opportunity on entries (org_id, opportunity_id, sequence) where opportunity_id is not null;
create index entries_by_subject on entries (org_id, subject, sequence) where opportunity_id is null;

create table bookmarks (
	org_id text not null references organizations (org_id),
	reader text not null,
	sequence bigint not null check (sequence >= 0),
	primary key (org_id, reader)
);
