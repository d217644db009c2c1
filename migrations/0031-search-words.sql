-- Words that came with single changes waited in a list that every misspelled search read through: ten milliseconds of twelve.
alter index hub.search_word_trgm set (fastupdate = off);
select gin_clean_pending_list('hub.search_word_trgm');
