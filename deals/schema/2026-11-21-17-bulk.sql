-- A change of many deals at once: what was chosen, what shall become of it, how far it
-- is. The deals themselves change through their entries in the ledger; these tables say
-- which of them, and why not.
create table bulk_changes (
	org_id text not null references organizations (org_id),
	id text not null check (length(id) = 36),
	person_id text not null,
	what text not null default '' check (what in ('', 'owner', 'stage', 'close_date', 'shift')),
	value text not null default '',
	state text not null check (state in ('chosen', 'planned', 'running', 'done', 'undoing', 'undone')),
	made_at bigint not null,
	ended_at bigint not null default 0,
	touched_at bigint not null,
	primary key (org_id, id),
	foreign key (org_id, person_id) references people (org_id, id)
);
create index bulk_changes_by_person on bulk_changes (org_id, person_id, state);

create table bulk_change_deals (
	org_id text not null references organizations (org_id),
	bulk_id text not null,
	deal_id text not null,
	place bigint not null,
	state text not null check (state in ('chosen', 'ready', 'refused', 'changed', 'restored', 'kept')),
	version bigint not null default 0,
	value_before text not null default '',
	value_after text not null default '',
	reason text not null default '',
	primary key (org_id, bulk_id, deal_id),
	foreign key (org_id, bulk_id) references bulk_changes (org_id, id),
	foreign key (org_id, deal_id) references opportunities (org_id, id)
);
create index bulk_change_deals_by_state on bulk_change_deals (org_id, bulk_id, state, place);
