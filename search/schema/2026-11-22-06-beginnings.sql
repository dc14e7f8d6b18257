-- The index has longer beginnings of words from here on. What can be found stays as it
-- is: that its words are gone is noticed, and all are made anew by following the ledger.
-- only sqlite
drop table search_words;
create virtual table search_words using fts5 (words, content='', contentless_delete=1, detail=none,
	tokenize="ascii tokenchars '%@=~^!+'");
-- only postgres
truncate search_words;
-- both

-- The last erasure of something that could be found, while its words may still stand in
-- the index's pages.
create table search_erasures (
	org_id text not null primary key references organizations (org_id),
	sequence bigint not null
);
