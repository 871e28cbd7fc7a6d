import { pool } from '@/lib/core/database';

/** Tables that change when a credential is used, whatever it is used for. */
const credentials = ['api_key', 'session', 'user_token', 'sign_in_attempt'];

/**
 * A digest of each table: two equal ones mean that nothing was written between them. `mentioning` narrows it to rows in
 * which one of those texts stands.
 */
export async function databaseDigest(mentioning: readonly string[] = []): Promise<Record<string, string>> {
  const { rows: tables } = await pool().query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
     and relname <> all($1) order by 1`,
    [credentials],
  );
  const digests = tables.map(({ name }) => {
    const rows = `select t::text as line from "${name}" t where $1::text[] = '{}' or t::text like any($1)`;
    return `select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(line, chr(10) order by line)), '') as digest from (${rows}) lines`;
  });
  const { rows } = await pool().query<{ name: string; digest: string }>(digests.join(' union all '), [mentioning.map((text) => `%${text}%`)]);
  return Object.fromEntries(rows.map((row) => [row.name, row.digest]));
}
