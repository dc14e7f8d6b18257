-- Evaluation plans. The ledger is the truth; a row is what the entries about a plan come
-- to, packed, with what it is looked up by beside it.
create table plans (
	org_id text not null references organizations (org_id),
	id text not null check (length(id) = 36),
	deal_id text not null,
	in_force bigint not null check (in_force in (0, 1)),
	content text not null,
	version bigint not null,
	primary key (org_id, id)
);
create index plans_by_deal on plans (org_id, deal_id, id);
create unique index plans_in_force on plans (org_id, deal_id) where in_force = 1;
