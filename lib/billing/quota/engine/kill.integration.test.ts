import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { database, disconnect } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { migrate } from '@/lib/core/database/migrate';
import { useTestDatabase } from '@/lib/testing/database';
import { expectProven, newCounter, start } from '@/lib/testing/engine-items';
import { makeCall, unitsOfCall, type EngineLoad } from '@/lib/testing/engine-load';
import { startEmbeddedDatabase } from '@/scripts/postgres/server';
import { QuotaEngine } from './engine';

const test = useTestDatabase();
afterAll(disconnect);

const times = 20;

/** The process that is killed, as one file: it is started many times, and its sources take longer to load than it lives. */
let program: string;
beforeAll(async () => {
  program = join(mkdtempSync(resolve('node_modules/.engine-load-')), 'process.mjs');
  await build({ entryPoints: ['lib/testing/engine-load-process.ts'], outfile: program, bundle: true, packages: 'external', platform: 'node', format: 'esm', logLevel: 'silent' });
});
afterAll(() => rmSync(join(program, '..'), { recursive: true, force: true }));

async function newLoad(): Promise<{ accountId: string; load: EngineLoad }> {
  const accountId = newId('acc');
  const features = ['api_calls', 'tokens', 'email'];
  const counters = [];
  for (const featureKey of features) counters.push(await newCounter({ accountId, featureKey }));
  return { accountId, load: { counterIds: counters.map(({ counterId }) => counterId), now: start } };
}

/** Expects each of the calls to be counted, once. */
async function expectCounted(accountId: string, calls: number): Promise<void> {
  await expectProven(accountId);
  const rows = await database().quotaCounter.findMany({ where: { accountId } });
  expect(rows.reduce((sum, { used }) => sum + used, 0n)).toBe(BigInt(calls) * unitsOfCall);
  expect(rows.map(({ held }) => held)).toEqual(rows.map(() => 0n));
}

/** Makes the calls in a process of its own, which is killed when so many were accepted. Returns those that it acknowledged. */
function serve(load: EngineLoad, calls: number[], killAfter: number): Promise<number[]> {
  const child = spawn(process.execPath, [program, JSON.stringify(load)], {
    env: { ...process.env, DATABASE_URL: test.url },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const accepted: number[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    accepted.push(Number(line));
    if (accepted.length === killAfter) child.kill('SIGKILL');
  });
  child.stdin.end(JSON.stringify(calls));
  return new Promise((resolve) => child.on('close', () => resolve(accepted)));
}

describe('a server that is killed in mid-load', () => {
  it('loses no acknowledged unit and counts none twice when callers try again, twenty times over', { timeout: 180_000 }, async () => {
    const { accountId, load } = await newLoad();
    const waiting = new Set(Array.from({ length: times * 150 }, (_, call) => call));
    for (let kill = 0; kill < times; kill += 1) {
      const accepted = await serve(load, [...waiting], 100);
      for (const call of accepted) waiting.delete(call);
    }
    expect(waiting.size).toBeGreaterThan(0);
    await serve(load, [...waiting], Infinity);
    await expectCounted(accountId, times * 150);
  });
});

describe('a database that is stopped at once in mid-load', () => {
  it('loses no acknowledged unit and counts none twice when callers try again, twenty times over', { timeout: 240_000 }, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'portal-restart-'));
    chmodSync(dataDir, 0o711);
    const usual = process.env.DATABASE_URL;
    let server = await startEmbeddedDatabase(dataDir);
    let engine = new QuotaEngine(server.url);
    let stopping = false;
    let abandoned = false;
    try {
      await migrate(server.url);
      await disconnect();
      process.env.DATABASE_URL = server.url;
      const { accountId, load } = await newLoad();

      let next = 0;
      const acknowledged = new Set<number>();
      const caller = async (): Promise<void> => {
        while (!stopping) {
          const call = next++;
          while (!acknowledged.has(call) && !abandoned) {
            try {
              await makeCall(engine, load, call);
              acknowledged.add(call);
            } catch (error) {
              if (!(error instanceof DomainError) || error.code !== 'overloaded') throw error;
              await new Promise((resolve) => setTimeout(resolve, 20)); // As the answer says: try again in a moment.
            }
          }
        }
      };
      const callers = Promise.all(Array.from({ length: 64 }, caller));
      for (let restart = 0; restart < times; restart += 1) {
        const before = acknowledged.size;
        await expect.poll(() => acknowledged.size, { timeout: 30_000, interval: 10 }).toBeGreaterThan(before + 200);
        // SIGQUIT stops PostgreSQL on the spot, with nothing written; the next start recovers from the log.
        process.kill(Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT');
        await server.ended;
        const { url } = server;
        server = await startEmbeddedDatabase(dataDir);
        if (server.url !== url) {
          // Its port was taken meanwhile.
          await engine.drain();
          engine = new QuotaEngine(server.url);
        }
      }
      stopping = true;
      await callers;
      await disconnect();
      process.env.DATABASE_URL = server.url;
      expect(acknowledged.size).toBe(next);
      await expectCounted(accountId, next);
    } finally {
      stopping = abandoned = true;
      await engine.drain();
      await disconnect();
      process.env.DATABASE_URL = usual;
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
