alter table imports add column worker text not null default '';
