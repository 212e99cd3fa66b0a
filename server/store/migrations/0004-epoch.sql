-- Why each history began, and under which database: a base that finds itself elsewhere was restored.

alter table sync_epoch add column reason text, add column pg_system_id text, add column pg_timeline integer;
