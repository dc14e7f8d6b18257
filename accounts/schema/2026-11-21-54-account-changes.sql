-- A change of many accounts at once: what was chosen, what shall become of it, how far
-- it is. The accounts themselves change through their entries in the ledger; these
-- tables say which of them, and why not.
create table account_changes (
	org_id text not null references organizations (org_id),
	id text not null check (length(id) = 36),
	person_id text not null,
	what text not null default '' check (what in ('', 'owner', 'industry')),
	value text not null default '',
	state text not null check (state in ('chosen', 'planned', 'running', 'done', 'undoing', 'undone')),
	made_at bigint not null,
	ended_at bigint not null default 0,
	touched_at bigint not null,
	primary key (org_id, id),
	foreign key (org_id, person_id) references people (org_id, id)
);
create index account_changes_by_person on account_changes (org_id, person_id, state);

create table account_change_rows (
	org_id text not null references organizations (org_id),
	change_id text not null,
	account_id text not null,
	place bigint not null,
	state text not null check (state in ('chosen', 'ready', 'refused', 'changed', 'restored', 'kept')),
	version bigint not null default 0,
	value_before text not null default '',
	value_after text not null default '',
	reason text not null default '',
	primary key (org_id, change_id, account_id),
	foreign key (org_id, change_id) references account_changes (org_id, id),
	foreign key (org_id, account_id) references accounts (org_id, id)
);
create index account_change_rows_by_state on account_change_rows (org_id, change_id, state, place);
