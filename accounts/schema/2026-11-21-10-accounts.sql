-- What is known of a company beyond its name. The row itself is made where deals are.
alter table accounts add column parent_id text;
alter table accounts add column owner_id text;
alter table accounts add column website text not null default '';
alter table accounts add column industry text not null default '';
alter table accounts add column size text not null default '';
alter table accounts add column country text not null default '';
alter table accounts add column region text not null default '';
alter table accounts add column phone text not null default '';
alter table accounts add column about text not null default '';
alter table accounts add column merged_into text not null default '';
alter table accounts add column version bigint not null default 0;
-- Keys by which an account is looked for; empty until they are made.
alter table accounts add column match_key text not null default '';
alter table accounts add column search_key text not null default '';
alter table accounts add column domain text not null default '';

create index accounts_by_parent on accounts (org_id, parent_id) where parent_id is not null;
create index accounts_by_owner on accounts (org_id, owner_id, id) where owner_id is not null;
create index accounts_by_creation on accounts (org_id, created_at, id);
create index accounts_by_match on accounts (org_id, match_key);
create index accounts_by_domain on accounts (org_id, domain) where domain <> '';
create index accounts_without_keys on accounts (org_id, id) where match_key = '';
create index accounts_in_order on accounts (org_id, name_key, id, merged_into, owner_id, search_key);

-- Who sees an account is asked of its deals on every page, and so is what is open.
create index opportunities_of_accounts on opportunities
	(org_id, account_id, owner_id, outcome, currency, amount_minor) where account_id is not null;
create index opportunities_open_of_accounts on opportunities
	(org_id, account_id, owner_id, currency, amount_minor) where outcome is null and account_id is not null;
