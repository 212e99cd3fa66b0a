-- Who may sign in, who is signed in, and the key under which leases are signed.

create table account (
  account text primary key,
  district_id text not null,
  officer_id text not null,
  -- argon2id, PHC string
  password_hash text not null,
  -- made for a demonstration: a server in production refuses to start beside one
  demo boolean not null
);

-- By name, whether or not there is such an account, so that a lock tells nothing about that.
create table sign_in_failure (
  account text primary key,
  failures integer not null,
  last_at bigint not null,
  locked_until bigint not null
);

create table session (
  -- SHA-256 of the token; the token itself is stored nowhere
  token_sha256 bytea primary key,
  district_id text not null,
  officer_id text not null,
  device uuid not null,
  device_name text not null,
  created_at bigint not null,
  expires_at bigint not null,
  ended_at bigint
);
create index on session (district_id, officer_id);

-- One Ed25519 key pair as a private JWK.
create table lease_key (
  only_one boolean primary key default true check (only_one),
  jwk jsonb not null
);
