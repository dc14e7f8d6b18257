create table job_runs (
	org_id text not null references organizations (org_id),
	job text not null,
	began_at bigint not null,
	ended_at bigint,
	problem text not null default '',
	primary key (org_id, job)
);
