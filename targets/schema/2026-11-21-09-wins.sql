-- Every stretch of knowledge in which a deal counted as won: as of T it counts when
-- known_from < T <= known_until. Followed from the ledger, and made again from it.
create table wins (
	org_id text not null references organizations (org_id),
	opportunity_id text not null,
	known_from bigint not null,
	known_until bigint not null check (known_until > known_from),
	won_at bigint not null,
	owner_id text not null,
	currency text not null,
	amount_minor bigint not null,
	primary key (org_id, opportunity_id, known_from)
);
-- Attainment is read from this alone.
create index wins_by_day on wins
	(org_id, won_at, owner_id, currency, amount_minor, known_from, known_until);
