-- Every key of what is distributed names the district (docs/scale.md), so each stream belongs to one district:
-- an officer's own to the home district, and there stand the grants too.

update grants g set "districtId" = o."districtId" from officers o
  where o.id = g."officerId" and o."districtId" <> g."districtId"
    and not exists (select 1 from officers p where p.id = g."officerId" and p."districtId" = g."districtId")
    and not exists (select 1 from grants h where h.id = g.id and h."districtId" = o."districtId");
drop index "grants_officerId_idx";

update sync_head h set district_id = o."districtId" from officers o
  where h.stream = 'u:' || o.id and h.district_id <> o."districtId"
    and not exists (select 1 from officers p where p.id = o.id and p."districtId" = h.district_id);
update sync_row r set district_id = h.district_id from sync_head h
  where r.stream = h.stream and r.district_id <> h.district_id;

alter table sync_head drop constraint sync_head_pkey, add primary key (district_id, stream);

alter table sync_commit add column district_id text;
update sync_commit c set district_id = h.district_id from sync_head h where h.stream = c.stream;
alter table sync_commit alter column district_id set not null,
  drop constraint sync_commit_pkey, add primary key (district_id, stream, seq_to);

alter table sync_row drop constraint sync_row_pkey, drop constraint sync_row_stream_seq_key,
  add primary key (district_id, stream, kind, id), add unique (district_id, stream, seq);

-- A token names the district, so that the session behind it is looked for in one place. Sessions that are open end here.
alter table session drop constraint session_pkey, add primary key (district_id, token_sha256);
