import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Opponent } from './measure';

const program = '/usr/bin/redis-server';

const script = `
  local used = tonumber(redis.call('GET', KEYS[1]) or '0')
  if used + tonumber(ARGV[1]) > tonumber(ARGV[2]) then return -1 end
  return redis.call('INCRBY', KEYS[1], ARGV[1])`;

const command = (...words: string[]): string => `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;

/** A connection to a server that is starting. */
async function connected(path: string): Promise<Socket> {
  for (let tries = 0; ; tries += 1) {
    const socket = connect(path);
    try {
      await once(socket, 'connect');
      return socket;
    } catch (error) {
      if (tries === 500) throw error;
      await pause(10);
    }
  }
}

/**
 * A Lua script in Redis that checks and adds, each write flushed to disk before its answer (`appendfsync always`), over one
 * connection with all calls in a row. It keeps no event. Null where Debian's redis-server is not installed.
 */
export async function redisScript(): Promise<(Opponent & { processes: number[] }) | null> {
  if (!existsSync(program)) return null;
  const folder = mkdtempSync(join(tmpdir(), 'portal-bench-redis-'));
  const path = join(folder, 'socket');
  const server = spawn(program, ['--port', '0', '--unixsocket', path, '--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always', '--save', ''], { stdio: 'ignore' });
  process.once('exit', () => server.kill());
  const socket = await connected(path);
  const waiting: ((answer: string) => void)[] = [];
  let rest = '';
  socket.on('data', (data) => {
    const lines = (rest + data.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    // Every answer here is one line, but for the digest of the script, which is announced by its length.
    for (const line of lines) if (!line.startsWith('$')) waiting.shift()?.(line);
  });
  const ask = (...words: string[]): Promise<string> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      socket.write(command(...words));
    });
  const digest = await ask('SCRIPT', 'LOAD', script);
  return {
    name: 'Redis script, fsync always',
    processes: server.pid ? [server.pid] : [],
    take: async (customer) => Number((await ask('EVALSHA', digest, '1', `customer_${customer}`, '1', '4611686018427387904')).slice(1)) > 0,
    close: async () => {
      socket.destroy();
      server.kill();
      await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
