-- In which deals someone ever had a part, so that a deal's history can tell of it also
-- when the part was taken away. Entries said it before there was a table for it.
create table contact_deals (
	org_id text not null references organizations (org_id),
	opportunity_id text not null,
	contact_id text not null,
	primary key (org_id, opportunity_id, contact_id),
	foreign key (org_id, opportunity_id) references opportunities (org_id, id),
	foreign key (org_id, contact_id) references contacts (org_id, id)
);
create index contact_deals_by_contact on contact_deals (org_id, contact_id, opportunity_id);
-- only postgres
select set_config('milepost.org', '*', true); -- or row-level security shows none of the entries
insert into contact_deals (org_id, opportunity_id, contact_id)
select distinct c.org_id, o.id, c.id
from entries e
join contacts c on c.org_id = e.org_id and c.id = e.subject
join opportunities o on o.org_id = e.org_id and o.id = (case when e.payload like '{%' then e.payload::jsonb ->> 'deal' end)
where e.kind = 'contact.role_set' and c.erased = 0;
-- only sqlite
insert into contact_deals (org_id, opportunity_id, contact_id)
select distinct c.org_id, o.id, c.id
from entries e
join contacts c on c.org_id = e.org_id and c.id = e.subject
join opportunities o on o.org_id = e.org_id and o.id = (case when e.payload like '{%' then json_extract(e.payload, '$.deal') end)
where e.kind = 'contact.role_set' and c.erased = 0;
