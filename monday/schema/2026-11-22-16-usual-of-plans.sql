-- What is usual of evaluation plans is kept beside the rest: how often a step of the
-- buyer's slips, and how long nothing happens in a plan.
create table monday_usual_anew (
	org_id text not null references organizations (org_id),
	rule text not null check (rule in ('stay', 'silence', 'slips', 'amount', 'habit', 'moves', 'quiet')),
	stage text not null,
	segment text not null,
	person_id text not null,
	cases bigint not null check (cases > 0),
	deals bigint not null check (deals > 0),
	typical double precision not null,
	most double precision not null,
	primary key (org_id, rule, stage, segment, person_id)
);
-- only postgres
select set_config('milepost.org', '*', true); -- or row-level security shows no row
-- both
insert into monday_usual_anew (org_id, rule, stage, segment, person_id, cases, deals, typical, most)
select org_id, rule, stage, segment, person_id, cases, deals, typical, most
from monday_usual;
drop table monday_usual;
alter table monday_usual_anew rename to monday_usual;
