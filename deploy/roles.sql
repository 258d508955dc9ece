-- The three roles and the database, made by a superuser before the first migration:
--
--   TOWNLINE_OWNER_PASSWORD=... TOWNLINE_APP_PASSWORD=... TOWNLINE_ENGINE_PASSWORD=... \
--       psql --dbname postgres --file deploy/roles.sql
--
-- Repeating it is harmless and sets the passwords anew. Needs psql 15 or newer.

\set ON_ERROR_STOP on
\getenv owner_password TOWNLINE_OWNER_PASSWORD
\getenv app_password TOWNLINE_APP_PASSWORD
\getenv engine_password TOWNLINE_ENGINE_PASSWORD

-- A role gets no attribute that passes row-level security unless it is named here.
select format('create role %I', role)
from unnest(array['townline_owner', 'townline_app', 'townline_engine']) as role
where not exists (select from pg_roles where rolname = role)
\gexec

-- Only hashes of the passwords should be stored, and no statement of ours logged.
set password_encryption = 'scram-sha-256';
set log_statement = 'none';
alter role townline_owner login password :'owner_password';
alter role townline_app login password :'app_password';
alter role townline_engine login password :'engine_password';

select 'create database townline owner townline_owner encoding ''UTF8'' template template0'
where not exists (select from pg_database where datname = 'townline')
\gexec

revoke all on database townline from public;
grant connect on database townline to townline_app, townline_engine;
