/** Tables of the sync engine itself; `commitChanges` is their only writer. Design: docs/sync.md, section "Commit clock". */
export const SYNC_DDL = `
create table sync_head (
  stream text primary key,
  district_id text not null,
  seq bigint not null,
  mark bytea not null,
  floor_seq bigint not null default 0
) with (fillfactor = 10);

create table sync_commit (
  stream text not null,
  seq_to bigint not null,
  mark bytea not null,
  at timestamptz not null default clock_timestamp(),
  primary key (stream, seq_to)
);

create table sync_row (
  stream text not null,
  kind smallint not null,
  district_id text not null,
  id text not null,
  seq bigint not null,
  deleted boolean not null,
  moved_to text,
  primary key (stream, kind, id),
  unique (stream, seq)
);
`;
