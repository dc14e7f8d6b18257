-- What one unit of a currency is worth in another, from a day on. Of two currencies the
-- first by name is low, so that a pair is known whichever way it was given; one says
-- which of them was given as one unit, and units is the other's, as decimal digits.
create table exchange_rates (
	org_id text not null references organizations (org_id),
	low text not null check (length(low) between 1 and 10),
	high text not null check (length(high) between 1 and 10),
	day text not null check (length(day) = 10),
	one text not null,
	units text not null check (length(units) between 1 and 20),
	version bigint not null, -- the sequence of the entry that says so
	primary key (org_id, low, high, day),
	check (low < high),
	check (one in (low, high))
);
