import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Opponent } from './measure';

const program = '/usr/bin/redis-server';

const script = `
  local used = tonumber(redis.call('GET', KEYS[1]) or '0')
  if used + tonumber(ARGV[1]) > tonumber(ARGV[2]) then return -1 end
  return redis.call('INCRBY', KEYS[1], ARGV[1])`;

/**
 * A Lua script in Redis that checks and adds, each write flushed to disk before its answer (`appendfsync always`), by the client
 * that most use, which sends all calls of a turn in a row. It keeps no event. Null where Debian's redis-server is not installed.
 */
export async function redisScript(): Promise<(Opponent & { processes: number[] }) | null> {
  if (!existsSync(program)) return null;
  const folder = mkdtempSync(join(tmpdir(), 'portal-bench-redis-'));
  const path = join(folder, 'socket');
  const server = spawn(program, ['--port', '0', '--unixsocket', path, '--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always', '--save', ''], { stdio: 'ignore' });
  process.once('exit', () => server.kill());
  const redis = new Redis({ path, enableAutoPipelining: true, scripts: { take: { lua: script, numberOfKeys: 1 } }, retryStrategy: () => 10 });
  redis.on('error', () => undefined); // It starts before the server listens.
  await redis.ping();
  const take = (redis as Redis & { take(key: string, units: number, ceiling: string): Promise<number> }).take.bind(redis);
  return {
    name: 'Redis script, fsync always',
    processes: server.pid ? [server.pid] : [],
    take: async (customer) => (await take(`customer_${customer}`, 1, '4611686018427387904')) > 0,
    close: async () => {
      redis.disconnect();
      server.kill();
      await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
