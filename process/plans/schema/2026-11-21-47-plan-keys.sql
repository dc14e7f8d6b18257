-- What opens a private link: not the link itself, and never in the ledger.
create table plan_keys (
	org_id text not null references organizations (org_id),
	token_hash text not null,
	plan_id text not null,
	deal_id text not null,
	link_id text not null,
	passcode_hash text not null,
	primary key (org_id, token_hash)
);
create unique index plan_keys_by_token on plan_keys (token_hash);
create index plan_keys_by_link on plan_keys (org_id, link_id);

-- Whom a buyer would like to have in the plan: kept here and not in the ledger, whose
-- entries name nobody, until the rep has answered.
create table plan_colleagues (
	org_id text not null references organizations (org_id),
	id text not null,
	plan_id text not null,
	name text not null,
	email text not null,
	title text not null,
	primary key (org_id, id)
);

-- Tries at private links, by whoever makes them.
create table plan_tries (
	id text primary key,
	key text not null,
	tried_at bigint not null
);
create index plan_tries_by_key on plan_tries (key, tried_at);
