create table contacts (
	org_id text not null references organizations (org_id),
	id text not null check (length(id) = 36),
	account_id text not null,
	name text not null check (length(name) between 1 and 200),
	name_key text not null,
	search_key text not null,
	title text not null default '',
	emails text not null default '',
	phones text not null default '',
	language text not null default '',
	notes text not null default '',
	left_on text not null default '',
	created_at bigint not null,
	erased bigint not null default 0 check (erased in (0, 1)),
	version bigint not null,
	primary key (org_id, id),
	foreign key (org_id, account_id) references accounts (org_id, id)
);
create index contacts_by_account on contacts (org_id, account_id, left_on, erased, name_key, id);
-- For walking through the list; only who says name_key >= '' gets it, so that nobody
-- is looked for in it account by account.
create index contacts_in_order on contacts (org_id, name_key, id, account_id, left_on, search_key) where name_key >= '';
create index contacts_by_creation on contacts (org_id, created_at, id);

-- One row an address, to notice that someone is known already.
create table contact_emails (
	org_id text not null references organizations (org_id),
	contact_id text not null,
	email text not null,
	domain text not null,
	primary key (org_id, contact_id, email),
	foreign key (org_id, contact_id) references contacts (org_id, id)
);
create index contact_emails_by_email on contact_emails (org_id, email);
create index contact_emails_by_domain on contact_emails (org_id, domain);

create table buying_roles (
	org_id text not null references organizations (org_id),
	opportunity_id text not null,
	contact_id text not null,
	role text not null check (role in ('economic buyer', 'champion', 'user', 'technical evaluator', 'legal', 'coach', 'blocker', 'other')),
	influence text not null check (influence in ('', 'low', 'medium', 'high')),
	attitude text not null check (attitude in ('', 'for', 'neutral', 'against')),
	since_at bigint not null,
	primary key (org_id, opportunity_id, contact_id),
	foreign key (org_id, opportunity_id) references opportunities (org_id, id),
	foreign key (org_id, contact_id) references contacts (org_id, id)
);
create index buying_roles_by_contact on buying_roles
	(org_id, contact_id, opportunity_id, role, influence, attitude, since_at);
