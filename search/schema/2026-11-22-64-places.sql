-- The index of words knows of each thing among which thousand of the organization's it
-- is, among which four, sixteen, sixty-four, so that it can be asked for the latest
-- first. What is new waits in a short list, as each search goes through all of that.
-- only postgres
drop index search_words_by_word;
create index search_words_by_word on search_words using gin (words, (array[
	kind || ' 10 ' || (n >> 10)::text || ' ' || org, kind || ' 12 ' || (n >> 12)::text || ' ' || org,
	kind || ' 14 ' || (n >> 14)::text || ' ' || org, kind || ' 16 ' || (n >> 16)::text || ' ' || org,
	kind || ' 18 ' || (n >> 18)::text || ' ' || org])) with (gin_pending_list_limit = 256);
-- both
