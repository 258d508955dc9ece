-- Deletes all that a town has, after it was given its data (runbooks/town-leaves.md):
--
--   psql --dbname townline --variable town=riverton --file deploy/leave.sql
--
-- As a superuser: nobody else may delete from a log, or pass row-level security.
-- Everything goes or nothing does; a slug that no town has deletes nothing.

\set ON_ERROR_STOP on
begin;
set local session_replication_role = replica;

select format('delete from %I where tenant_id = %L', relname, tenant.id)
from tenant, pg_class
join pg_attribute on attrelid = pg_class.oid and attname = 'tenant_id'
where slug = :'town' and relkind = 'r' and relnamespace = 'public'::regnamespace
\gexec

delete from tenant where slug = :'town';
commit;
