-- Written by `npm run schema` from shared/tables.
create index on "attachments" ("districtId", "thumbSha256");
