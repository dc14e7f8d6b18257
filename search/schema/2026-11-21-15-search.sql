-- What can be found, under the number by which the index of words knows it; the
-- higher, the later something new was said of it. What is shown of it is read from
-- where it is kept, so nothing here can be out of date but the words.
create table search_entries (
	org_id text not null references organizations (org_id),
	kind text not null check (kind in ('deal', 'account', 'contact', 'note', 'person')),
	id text not null,
	n bigint not null,
	deal_id text not null default '',
	account_id text not null default '',
	seers text not null default '',
	print text not null,
	primary key (org_id, kind, id)
);
create unique index search_entries_by_number on search_entries (org_id, n);
create index search_entries_by_deal on search_entries (org_id, deal_id) where deal_id <> '';
create index search_entries_by_account on search_entries (org_id, account_id, kind) where account_id <> '';

-- only sqlite
create virtual table search_words using fts5 (words, content='', contentless_delete=1, detail=none,
	tokenize="ascii tokenchars '%@=~^!+'");
-- only postgres
create table search_words (
	org text not null,
	kind text not null,
	n bigint not null,
	words tsvector not null,
	primary key (org, n)
);
create index search_words_latest on search_words (org, kind, n);
create index search_words_by_word on search_words using gin (words);
-- both
