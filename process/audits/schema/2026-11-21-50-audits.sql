-- What is audited of what reps claimed. The ledger is the truth; these rows are made
-- from it. Whether an audit that nobody judged still waits follows from the milestone.
create table audit_weeks (
	org_id text not null references organizations (org_id),
	week text not null check (length(week) = 10),
	drawn_at bigint not null,
	claims bigint not null,
	drawn bigint not null,
	version bigint not null,
	primary key (org_id, week)
);

create table audits (
	org_id text not null references organizations (org_id),
	id text not null,
	deal_id text not null,
	milestone_id text not null,
	name text not null,
	week text not null check (length(week) = 10),
	place bigint not null,
	why text not null,
	rep_id text not null,
	claimed_at bigint not null,
	drawn_at bigint not null,
	result text not null check (result in ('', 'passed', 'rejected')),
	judged_at bigint not null,
	judged_by text not null,
	words text not null,
	turned bigint not null check (turned in (0, 1)),
	version bigint not null,
	primary key (org_id, id)
);
create index audits_by_week on audits (org_id, week, deal_id, id, result);
create index audits_by_claim on audits (org_id, deal_id, milestone_id, claimed_at);
create index audits_by_result on audits (org_id, result, judged_at, rep_id, turned, id);
