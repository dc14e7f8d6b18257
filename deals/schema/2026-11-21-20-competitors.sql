-- Who else is in a deal, as its entries name them: by the key that names are matched
-- by, without case and accents. A list narrowed to one competitor begins with the key;
-- those to whom deals were lost are in the deals themselves.
create table opportunity_competitors (
	org_id text not null references organizations (org_id),
	opportunity_id text not null,
	name_key text not null check (length(name_key) > 0),
	name text not null,
	primary key (org_id, opportunity_id, name_key),
	foreign key (org_id, opportunity_id) references opportunities (org_id, id)
);
create index opportunity_competitors_by_name on opportunity_competitors (org_id, name_key, name, opportunity_id);
create index opportunities_by_competitor on opportunities (org_id, competitor, id) where competitor <> '';
