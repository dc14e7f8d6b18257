-- What was shown of deals. The ledger is the truth; these rows are made from it, by
-- whoever writes and by the follower.
create table deal_processes (
	org_id text not null references organizations (org_id),
	deal_id text not null,
	process_id text not null,
	number bigint not null,
	since bigint not null,
	primary key (org_id, deal_id)
);
create index deal_processes_by_version on deal_processes (org_id, process_id, number, deal_id);

create table deal_milestones (
	org_id text not null references organizations (org_id),
	deal_id text not null,
	milestone_id text not null,
	state text not null check (state in ('', 'claimed', 'confirmed', 'rejected')),
	name text not null,
	since bigint not null,
	claimed_at bigint not null,
	claimed_by text not null,
	confirmed_at bigint not null,
	confirmed_by text not null,
	contact_id text not null,
	rejected_at bigint not null,
	rejected_by text not null,
	reason text not null,
	reply text not null,
	earned bigint not null,
	rejections bigint not null,
	version bigint not null,
	primary key (org_id, deal_id, milestone_id)
);
create index deal_milestones_by_claim on deal_milestones (org_id, state, claimed_at, deal_id, milestone_id, claimed_by);
create index deal_milestones_by_milestone on deal_milestones (org_id, milestone_id, state, deal_id, since);

create table evidence (
	org_id text not null references organizations (org_id),
	id text not null,
	deal_id text not null,
	milestone_id text not null,
	marker_id text not null,
	sort text not null,
	ref text not null,
	url text not null,
	text text not null,
	contact_id text not null,
	on_date text not null,
	how text not null,
	confidential bigint not null check (confidential in (0, 1)),
	given_by text not null,
	given_at bigint not null,
	via text not null,
	ended_at bigint not null,
	end_reason text not null,
	replaced text not null,
	sequence bigint not null,
	primary key (org_id, deal_id, milestone_id, id)
);
create index evidence_by_ref on evidence (org_id, ref) where ref <> '';
