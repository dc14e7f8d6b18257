-- The sales process that a deal's stage follows from; empty for none.
alter table opportunities add column process_id text not null default '';
create index opportunities_open_by_process on opportunities (org_id, process_id, id, outcome) where outcome is null;
