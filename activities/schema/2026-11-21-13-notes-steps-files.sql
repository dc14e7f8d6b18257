create table notes (
	org_id text not null references organizations (org_id),
	id text not null check (length(id) = 36),
	deal_id text not null,
	author_id text not null default '',
	state text not null check (state in ('kept', 'removed')),
	text text not null,
	versions bigint not null check (versions > 0),
	pinned_at bigint not null default 0,
	written_at bigint not null,
	changed_at bigint not null,
	changed_by text not null default '',
	version bigint not null,
	primary key (org_id, id)
);
create index notes_by_deal on notes (org_id, deal_id, state, pinned_at, written_at, id);

create table next_steps (
	org_id text not null references organizations (org_id),
	id text not null check (length(id) = 36),
	deal_id text not null,
	owner_id text not null default '',
	text text not null,
	due text not null check (length(due) = 10 or due = ''),
	state text not null check (state in ('open', 'done', 'dropped', 'replaced')),
	set_at bigint not null,
	set_by text not null default '',
	ended_at bigint not null default 0,
	result text not null default '',
	version bigint not null,
	primary key (org_id, id),
	check ((state = 'open') = (ended_at = 0))
);
create unique index next_steps_open on next_steps (org_id, deal_id) where state = 'open';
create index next_steps_by_deal on next_steps (org_id, deal_id, set_at, id);
create index next_steps_by_owner on next_steps (org_id, owner_id, due, id) where state = 'open';

create table files (
	org_id text not null references organizations (org_id),
	id text not null check (length(id) = 36),
	deal_id text not null,
	name text not null,
	size bigint not null check (size >= 0),
	type text not null default '',
	hash text not null default '',
	attached_by text not null default '',
	attached_at bigint not null,
	removed_at bigint not null default 0,
	removed_by text not null default '',
	version bigint not null,
	primary key (org_id, id)
);
create index files_by_deal on files (org_id, deal_id, attached_at, id);
create index files_by_hash on files (org_id, hash) where removed_at = 0;
