-- A change of many records of a list at once: what was chosen, what shall become of it,
-- how far it is. The records themselves change through their entries in the ledger;
-- these tables say which of them, and why not.
create table bulks (
	org_id text not null references organizations (org_id),
	id text not null check (length(id) = 36),
	list text not null check (length(list) between 1 and 40),
	person_id text not null,
	what text not null default '' check (length(what) <= 40),
	value text not null default '',
	state text not null check (state in ('chosen', 'planned', 'running', 'done', 'undoing', 'undone')),
	made_at bigint not null,
	ended_at bigint not null default 0,
	touched_at bigint not null,
	primary key (org_id, id),
	foreign key (org_id, person_id) references people (org_id, id)
);
create index bulks_by_person on bulks (org_id, person_id, list, state);
create index bulks_under_way on bulks (org_id, list, touched_at) where state in ('running', 'undoing');

create table bulk_rows (
	org_id text not null references organizations (org_id),
	bulk_id text not null,
	record_id text not null,
	place bigint not null,
	state text not null check (state in ('chosen', 'ready', 'refused', 'changed', 'restored', 'kept')),
	version bigint not null default 0,
	value_before text not null default '',
	value_after text not null default '',
	reason text not null default '',
	primary key (org_id, bulk_id, record_id),
	foreign key (org_id, bulk_id) references bulks (org_id, id)
);
create index bulk_rows_by_state on bulk_rows (org_id, bulk_id, state, place);
create index bulk_rows_by_place on bulk_rows (org_id, bulk_id, place);
