-- Which forecast of the day was scored, by the newest entry that it knew: a rehearsed one may
-- have been made again since. 0 for scores from before this was noted.
alter table forecast_scores add column sequence bigint not null default 0 check (sequence >= 0);
