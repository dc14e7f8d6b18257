-- A forecast may be made for a day before Milepost knew the method or the organization,
-- from what was recorded before that day. It says so.
alter table frozen_forecasts add column rehearsed bigint not null default 0 check (rehearsed in (0, 1));
