-- What is sold. Codes and names are looked for by their keys.
create table products (
	org_id text not null references organizations (org_id),
	id text not null check (length(id) = 36),
	name text not null check (length(name) between 1 and 200),
	name_key text not null,
	code text not null default '',
	code_key text not null default '',
	family text not null default '',
	unit text not null default '',
	retired bigint not null default 0 check (retired in (0, 1)),
	created_at bigint not null,
	version bigint not null,
	primary key (org_id, id)
);
create unique index products_by_name on products (org_id, name_key);
create unique index products_by_code on products (org_id, code_key) where code_key <> '';

-- List prices, one a currency, in minor units.
create table product_prices (
	org_id text not null references organizations (org_id),
	product_id text not null,
	currency text not null check (length(currency) between 1 and 10),
	minor bigint not null check (minor >= 0),
	primary key (org_id, product_id, currency),
	foreign key (org_id, product_id) references products (org_id, id)
);
