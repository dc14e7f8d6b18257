-- What is usual in an organization, reckoned from its own history by a job; pages
-- compare today's deals with it. A stage or segment that is empty means all of them.
create table monday_usual (
	org_id text not null references organizations (org_id),
	rule text not null check (rule in ('stay', 'silence', 'slips', 'amount', 'habit')),
	stage text not null,
	segment text not null,
	person_id text not null,
	cases bigint not null check (cases > 0),
	deals bigint not null check (deals > 0),
	typical double precision not null,
	most double precision not null,
	primary key (org_id, rule, stage, segment, person_id)
);
-- How far off each method was at this point of the periods before.
create table monday_bias (
	org_id text not null references organizations (org_id),
	span text not null check (span in ('month', 'quarter', 'year')),
	method text not null,
	cases bigint not null check (cases > 0),
	bias double precision not null,
	primary key (org_id, span, method)
);
create table monday_reckoned (
	org_id text not null references organizations (org_id),
	what text not null check (what in ('usual', 'bias')),
	reckoned_at bigint not null,
	sequence bigint not null check (sequence >= 0),
	primary key (org_id, what)
);
-- Which deals something became known about since an instant: an entry counts from
-- when it was recorded and true, whichever is later.
create index entries_by_knowledge on entries
	(org_id, (case when recorded_at >= effective_at then recorded_at else effective_at end), opportunity_id)
	where opportunity_id is not null;
