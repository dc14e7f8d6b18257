-- How a frozen forecast did at one of its horizons, once that had ended: sums over the
-- deals that were open, so that days can be added up. The outcomes are those that the
-- ledger told up to the sequence in known.
create table forecast_scores (
	org_id text not null references organizations (org_id),
	day text not null check (length(day) = 10),
	method text not null check (length(method) between 1 and 60),
	horizon bigint not null check (horizon > 0),
	rehearsed bigint not null check (rehearsed in (0, 1)),
	until bigint not null,
	known bigint not null check (known >= 0),
	same text not null,
	deals bigint not null check (deals >= 0),
	wins_came bigint not null check (wins_came >= 0),
	wins_said double precision not null,
	brier double precision not null,
	log_score double precision not null,
	class_score double precision not null,
	variance double precision not null,
	details text not null,
	primary key (org_id, day, method, horizon)
);

create index forecast_scores_by_horizon on forecast_scores (org_id, horizon, day);
create index forecast_scores_by_end on forecast_scores (org_id, until);

-- Up to which entry of the ledger later corrections of outcomes were looked for, and
-- when the last entry of then was recorded.
create table forecast_scores_checked (
	org_id text not null primary key references organizations (org_id),
	sequence bigint not null check (sequence >= 0),
	known_at bigint not null
);
