-- A view is a name for a list as someone had it: filtered, sorted, grouped, with its
-- columns. It holds a question and never an answer.
create table saved_views (
	org_id text not null references organizations (org_id),
	id text not null check (length(id) = 36),
	list text not null check (length(list) between 1 and 40),
	owner_id text not null,
	name text not null check (length(name) between 1 and 80),
	name_key text not null,
	query text not null check (length(query) <= 2000),
	shared bigint not null check (shared in (0, 1)),
	created_at bigint not null,
	deleted_at bigint,
	version bigint not null,
	primary key (org_id, id),
	foreign key (org_id, owner_id) references people (org_id, id)
);
create unique index saved_views_by_name on saved_views (org_id, list, owner_id, name_key) where deleted_at is null;
create index saved_views_shared on saved_views (org_id, list) where shared = 1 and deleted_at is null;

-- What a list opens with, for each person; the view may be another's.
create table default_views (
	org_id text not null references organizations (org_id),
	person_id text not null,
	list text not null,
	view_id text not null,
	primary key (org_id, person_id, list),
	foreign key (org_id, person_id) references people (org_id, id),
	foreign key (org_id, view_id) references saved_views (org_id, id)
);
