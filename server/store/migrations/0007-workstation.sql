-- Workstations as they greet: when each was last here, what it gave up, and whether it is to be wiped.

create table workstation (
  district_id text not null,
  officer_id text not null,
  device uuid not null,
  device_name text not null,
  app text not null,
  seen_at bigint not null,
  -- streams that were withdrawn and are gone from it, newest last
  dropped jsonb not null default '[]',
  wipe_asked_at bigint,
  wiped_at bigint,
  primary key (district_id, officer_id, device)
);
