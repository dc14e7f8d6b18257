-- What of it is in a deal. A quantity counts thousandths, a discount hundredths of a
-- percent; the sum is in minor units, rounded once.
create table product_lines (
	org_id text not null references organizations (org_id),
	opportunity_id text not null,
	id text not null check (length(id) = 36),
	added bigint not null,
	product_id text not null default '',
	name text not null check (length(name) between 1 and 200),
	unit text not null default '',
	quantity bigint not null check (quantity > 0),
	currency text not null check (length(currency) between 1 and 10),
	price_minor bigint not null check (price_minor >= 0),
	discount bigint not null check (discount between 0 and 10000),
	sum_minor bigint not null check (sum_minor >= 0),
	version bigint not null,
	primary key (org_id, opportunity_id, id),
	foreign key (org_id, opportunity_id) references opportunities (org_id, id)
);
create index product_lines_of_product on product_lines (org_id, product_id, opportunity_id) where product_id <> '';

-- Whether the deal's amount follows its products, and which amount was last set so.
create table product_baskets (
	org_id text not null references organizations (org_id),
	opportunity_id text not null,
	follows bigint not null check (follows in (0, 1)),
	followed_currency text not null default '',
	followed_minor bigint not null default 0,
	primary key (org_id, opportunity_id),
	foreign key (org_id, opportunity_id) references opportunities (org_id, id)
);
