-- What was set, each setting a row that stays. What a quota is, or was as known at
-- an instant, is the newest row for its month. A null value takes the quota away.
create table quota_settings (
	org_id text not null references organizations (org_id),
	month text not null check (length(month) = 10),
	person_id text not null,
	scope text not null check (scope in ('own', 'team')),
	measure text not null check (length(measure) between 1 and 10),
	sequence bigint not null check (sequence > 0),
	value bigint check (value >= 0),
	effective_at bigint not null,
	recorded_at bigint not null,
	actor text not null,
	save_id text not null,
	primary key (org_id, month, person_id, scope, measure, sequence),
	foreign key (org_id, person_id) references people (org_id, id)
);
create index quota_settings_by_save on quota_settings (org_id, actor, sequence, save_id);
create index quota_settings_of_save on quota_settings (org_id, save_id);
