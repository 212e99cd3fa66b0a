-- Rows made ready for a first load. The bytes lie in the data folder under their hash.

create table sync_segment (
  district_id text not null,
  stream text not null,
  -- rises within the stream and is never given twice: a dissolved segment leaves its line
  no bigint not null,
  sha256 text not null,
  rows integer not null,
  bytes integer not null,
  cold boolean not null,
  newest_at bigint,
  kinds jsonb not null,
  made_at bigint not null,
  dissolved_at bigint,
  primary key (district_id, stream, no)
);

-- The segment in which this row stands as it is now; null when it is in none, or changed since.
alter table sync_row add column seg bigint;
