create table people (
	org_id text not null references organizations (org_id),
	id text not null check (length(id) = 36),
	name text not null check (length(name) between 1 and 200),
	name_key text not null,
	email text not null default '',
	title text not null default '',
	joined_at bigint not null,
	left_at bigint,
	imported bigint not null default 0 check (imported in (0, 1)),
	version bigint not null default 1,
	primary key (org_id, id)
);
create unique index people_by_email on people (org_id, email) where email <> '';
create index people_by_sign_in on people (email) where email <> '';
create index people_by_name on people (org_id, name_key);

create table reporting_lines (
	org_id text not null references organizations (org_id),
	person_id text not null,
	manager_id text not null,
	from_at bigint not null,
	until_at bigint,
	primary key (org_id, person_id, from_at),
	foreign key (org_id, person_id) references people (org_id, id),
	foreign key (org_id, manager_id) references people (org_id, id),
	check (person_id <> manager_id)
);
create unique index reporting_lines_now on reporting_lines (org_id, person_id) where until_at is null;
create index reporting_lines_by_manager on reporting_lines (org_id, manager_id);

create table teams (
	org_id text not null references organizations (org_id),
	manager_id text not null,
	name text not null check (length(name) between 1 and 200),
	primary key (org_id, manager_id),
	foreign key (org_id, manager_id) references people (org_id, id)
);

create table role_grants (
	org_id text not null references organizations (org_id),
	person_id text not null,
	role text not null check (role in ('rep', 'manager', 'operations', 'resource provider', 'observer', 'administrator')),
	granted_at bigint not null,
	revoked_at bigint,
	primary key (org_id, person_id, role, granted_at),
	foreign key (org_id, person_id) references people (org_id, id)
);
create unique index role_grants_now on role_grants (org_id, person_id, role) where revoked_at is null;

create table passwords (
	org_id text not null references organizations (org_id),
	person_id text not null,
	hash text not null,
	set_at bigint not null,
	primary key (org_id, person_id),
	foreign key (org_id, person_id) references people (org_id, id)
);

create table sign_ins (
	org_id text not null references organizations (org_id),
	token_hash text not null,
	id text not null,
	person_id text not null,
	began_at bigint not null,
	seen_at bigint not null,
	expires_at bigint not null,
	device text not null default '',
	primary key (org_id, token_hash),
	foreign key (org_id, person_id) references people (org_id, id)
);
create index sign_ins_by_person on sign_ins (org_id, person_id);
create index sign_ins_by_token on sign_ins (token_hash);

create table sign_in_links (
	org_id text not null references organizations (org_id),
	token_hash text not null,
	person_id text not null,
	purpose text not null check (purpose in ('invitation', 'reset', 'demonstration', 'choice')),
	made_at bigint not null,
	expires_at bigint not null,
	used_at bigint,
	primary key (org_id, token_hash),
	foreign key (org_id, person_id) references people (org_id, id)
);
create index sign_in_links_by_token on sign_in_links (token_hash);

create table reset_requests (
	org_id text not null references organizations (org_id),
	person_id text not null,
	asked_at bigint not null,
	primary key (org_id, person_id),
	foreign key (org_id, person_id) references people (org_id, id)
);

create table sign_in_attempts (
	id text primary key,
	email_key text not null,
	address text not null,
	tried_at bigint not null
);
create index sign_in_attempts_by_email on sign_in_attempts (email_key, tried_at);
create index sign_in_attempts_by_address on sign_in_attempts (address, tried_at);

create table set_ups (
	id bigint primary key check (id = 1),
	done_at bigint not null
);
