-- The sync engine's own tables. Design: docs/sync.md.

create table sync_epoch (
  epoch uuid primary key,
  since timestamptz not null default clock_timestamp()
);

-- Written by commitChanges alone.
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

-- One decision per mutation, kept for ever. Found by the mutation's id alone, whatever district it names.
create table sync_mutation (
  mid uuid not null,
  district_id text not null,
  device uuid not null,
  n bigint not null,
  actor text not null,
  name text not null,
  v bigint not null,
  payload bytea not null,
  status text not null check (status in ('applied', 'merged', 'rejected')),
  code text,
  detail jsonb,
  conflicts jsonb,
  heads jsonb not null,
  at bigint not null,
  received_at bigint not null,
  primary key (mid, district_id)
);
create index on sync_mutation (device, actor, n);

-- Files are found by their hash.
create index on attachments ("districtId", sha256);

-- Hash chain per district; audit_tip says where it must end.
create table audit (
  district_id text not null,
  no bigint not null,
  mid uuid not null,
  actor text not null,
  device uuid not null,
  name text not null,
  target text not null,
  status text not null,
  code text,
  received_at bigint not null,
  args_digest bytea not null,
  hash bytea not null,
  primary key (district_id, no)
);

create table audit_tip (
  district_id text primary key,
  no bigint not null,
  hash bytea not null
);

-- What an officer may read is asked with every request, whatever district gave the grant.
create index on grants ("officerId");
