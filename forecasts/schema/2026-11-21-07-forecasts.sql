-- A forecast as it was given: one row a day and method, never changed. The document
-- is the forecast's JSON, gzip, base64; with the settings and the last entry that it
-- knew it can be made again and compared.
create table frozen_forecasts (
	org_id text not null references organizations (org_id),
	day text not null check (length(day) = 10),
	method text not null check (length(method) between 1 and 60),
	as_of bigint not null,
	frozen_at bigint not null,
	sequence bigint not null check (sequence >= 0),
	settings text not null,
	open_deals bigint not null check (open_deals >= 0),
	document text not null,
	primary key (org_id, day, method)
);
