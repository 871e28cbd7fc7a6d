import { QuotaEngine } from '@/lib/billing/quota/engine/engine';
import { makeCall, type EngineLoad } from './engine-load';

/**
 * A server's worth of callers in a process of its own, which is told the load as JSON in its first parameter and the numbers of the
 * calls on standard input. The number of each call is printed when it has been accepted.
 */
async function main(): Promise<void> {
  const load = JSON.parse(process.argv[2] ?? '') as EngineLoad;
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const calls = JSON.parse(Buffer.concat(chunks).toString('utf8')) as number[];
  const engine = new QuotaEngine(process.env.DATABASE_URL ?? '');
  const caller = async (): Promise<void> => {
    for (let call = calls.shift(); call !== undefined; call = calls.shift()) {
      await makeCall(engine, load, call);
      process.stdout.write(`${call}\n`);
    }
  };
  await Promise.all(Array.from({ length: 64 }, caller));
  await engine.drain();
}

await main();
