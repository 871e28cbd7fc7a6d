import { createHash } from 'node:crypto';
import { escapeLiteral } from 'pg';
import { pool } from '@/lib/core/database';

/** Tables that change when a credential is used, whatever it is used for. */
const credentials = ['api_key', 'session', 'user_token', 'sign_in_attempt'];

/** The names of the tables, by the address of the database. */
const tables = new Map<string, string[]>();

async function tablesOf(databaseUrl: string): Promise<string[]> {
  const known = tables.get(databaseUrl);
  if (known) return known;
  const { rows } = await pool().query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
     and relname <> all($1) order by 1`,
    [credentials],
  );
  const names = rows.map(({ name }) => name);
  tables.set(databaseUrl, names);
  return names;
}

/**
 * A digest of each table: two equal ones mean that nothing was written between them. `mentioning` narrows it to rows in
 * which one of those texts stands.
 */
export async function databaseDigest(mentioning: readonly string[] = []): Promise<Record<string, string>> {
  const patterns = mentioning.map((part) => escapeLiteral(`%${part}%`)).join(', ');
  const digests = (await tablesOf(process.env.DATABASE_URL ?? '')).map((name) => {
    const rows = `select t::text as line from "${name}" t`;
    const wanted = patterns && `where line like any(array[${patterns}])`;
    return `select '${name}' as name, count(*) || ' ' || coalesce(sum(hashtextextended(line, 0)::numeric), 0) as digest from (${rows}) lines ${wanted}`;
  });
  // A hundred tables take longer to plan than to read: the same question is planned once, which a parameter would not allow.
  const name = `database_digest_${createHash('md5').update(patterns).digest('hex')}`;
  const { rows } = await pool().query<{ name: string; digest: string }>({ name, text: digests.join(' union all ') });
  return Object.fromEntries(rows.map((row) => [row.name, row.digest]));
}
