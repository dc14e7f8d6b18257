-- Why a deal ended is a reason, which can be counted, and what they said in their own
-- words, which cannot.
alter table opportunities add column their_words text not null default '';
