-- A file that was given as confidential evidence: for the deal's owner, those above the
-- owner, and whoever attached it.
alter table files add column confidential bigint not null default 0 check (confidential in (0, 1));
