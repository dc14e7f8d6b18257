-- How much moved in people's deals, quarter by quarter: over the whole of each quarter
-- that has ended, and up to the same day of the quarter as when it was reckoned.
create table monday_tempo (
	org_id text not null references organizations (org_id),
	span text not null check (span in ('day', 'end')),
	quarter text not null,
	person_id text not null,
	begun bigint not null check (begun >= 0),
	moved bigint not null check (moved >= 0),
	pushed bigint not null check (pushed >= 0),
	primary key (org_id, span, quarter, person_id)
);
