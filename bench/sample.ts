import { readFileSync } from 'node:fs';
import { execSync } from 'node:child_process';
import { Client } from 'pg';
// find the integration server's port: newest postgres with fsync=off
const line = execSync("ps -eo pid,lstart,args --sort=-start_time | grep 'postgres -D' | grep 'fsync=off' | grep portal-integration | grep -v grep").toString().trim().split('\n');
for (const l of line) {
  const dir = l.match(/-D (\S+)/)![1]!; const port = l.match(/port=(\d+)/)![1]!;
  const pw = JSON.parse(readFileSync(dir.replace(/postgres$/, 'secrets.json'), 'utf8')).databasePassword;
  const c = new Client({ connectionString: `postgresql://portal:${pw}@127.0.0.1:${port}/portal` });
  await c.connect();
  const { rows } = await c.query(`select application_name a, state, wait_event_type w, wait_event e, left(regexp_replace(query, '\\s+', ' ', 'g'), 90) q, count(*)::int n, max(extract(epoch from now()-xact_start))::int age from pg_stat_activity where datname like 'test_%' group by 1,2,3,4,5 order by n desc limit 14`);
  console.log(dir); for (const r of rows) console.log(r.n, r.age, r.a, r.state, r.w, r.e, r.q);
  await c.end();
}
