-- What people called periods to come to, each call a row that stays. What was called as
-- of an instant is the last row that was true and recorded before it.
create table period_calls (
	org_id text not null references organizations (org_id),
	from_day text not null check (length(from_day) = 10),
	until_day text not null check (length(until_day) = 10),
	person_id text not null,
	scope text not null check (scope in ('own', 'team')),
	currency text not null check (length(currency) between 1 and 10),
	sequence bigint not null check (sequence > 0),
	commit_minor bigint not null check (commit_minor >= 0),
	best_minor bigint not null check (best_minor >= commit_minor),
	why text not null,
	effective_at bigint not null,
	recorded_at bigint not null,
	primary key (org_id, from_day, until_day, person_id, scope, currency, sequence),
	foreign key (org_id, person_id) references people (org_id, id)
);
