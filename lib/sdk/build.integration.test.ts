import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);

/** A product's project that has the portal's package installed, with the client built into it. */
let project: string;
let installed: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'portal-sdk-'));
  installed = join(project, 'node_modules', 'customer-portal');
  await cp('package.json', join(installed, 'package.json'));
  await run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', 'lib/sdk/tsconfig.json', '--outDir', join(installed, 'dist/sdk')]);
}, 120_000);
afterAll(() => rm(project, { recursive: true, force: true }));

describe('the built client', () => {
  it('is imported by plain Node and asks the portal', async () => {
    const script = `
      import { createServer } from 'node:http';
      import { PortalClient, PortalAnswerError } from 'customer-portal/sdk';
      const server = createServer((request, response) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ success: true, code: 'ok', message: 'OK', payload: { feature: 'api_calls', allowed: true, used: 3 } }));
      });
      server.listen(0, '127.0.0.1', async () => {
        const client = new PortalClient({ baseUrl: 'http://127.0.0.1:' + server.address().port, apiKey: 'cpk_demo' });
        const { allowed, used } = await client.consume({ feature: 'api_calls' });
        console.log(allowed, used, new PortalAnswerError('forbidden', 403, '', null).code);
        await client.close();
        server.close();
        server.closeAllConnections();
      });`;
    await writeFile(join(project, 'product.mjs'), script);
    const { stdout } = await run(process.execPath, ['product.mjs'], { cwd: project });
    expect(stdout.trim()).toBe('true 3n forbidden');
  });

  it('sends what waits when the process has nothing more to do', async () => {
    const script = `
      import { PortalClient } from 'customer-portal/sdk';
      const fetch = async (url, { body }) => {
        console.log(url, JSON.parse(body).events.length);
        return Response.json({ success: true, code: 'ok', message: 'OK', payload: { items: [] } });
      };
      const client = new PortalClient({ baseUrl: 'http://portal.example', apiKey: 'cpk_demo', fetch });
      client.record({ feature: 'tokens', quantity: 5 });
      client.record({ feature: 'tokens', quantity: 5 });`;
    await writeFile(join(project, 'ending.mjs'), script);
    const { stdout } = await run(process.execPath, ['ending.mjs'], { cwd: project });
    expect(stdout.trim()).toBe('http://portal.example/api/usage 2');
  });

  it('sends what waits when the process is told to stop, and stops then', async () => {
    const script = `
      import { PortalClient } from 'customer-portal/sdk';
      const fetch = async (url) => {
        console.log(url);
        return Response.json({ success: true, code: 'ok', message: 'OK', payload: { items: [] } });
      };
      const client = new PortalClient({ baseUrl: 'http://portal.example', apiKey: 'cpk_demo', fetch });
      client.record({ feature: 'tokens', quantity: 5 });
      setInterval(() => undefined, 1000);
      process.kill(process.pid, 'SIGTERM');`;
    await writeFile(join(project, 'stopped.mjs'), script);
    const stopped = await run(process.execPath, ['stopped.mjs'], { cwd: project }).catch((error: unknown) => error);
    expect(stopped).toMatchObject({ signal: 'SIGTERM', stdout: 'http://portal.example/api/usage\n' });
  });

  it('gives a bundler for browsers a module that says why not', async () => {
    await writeFile(join(project, 'browser.mjs'), `import('customer-portal/sdk').catch((error) => console.log(error.message));`);
    const { stdout } = await run(process.execPath, ['--conditions=browser', 'browser.mjs'], { cwd: project });
    expect(stdout).toMatch(/Node only/);
  });

  it('comes with types that a strict project accepts', async () => {
    const source = `
      import { PortalClient, type Decision } from 'customer-portal/sdk';
      const client = new PortalClient({ baseUrl: 'http://portal.example', apiKey: 'cpk_demo' });
      const decision: Decision = await client.level({ feature: 'agent_seats', increase: 1 });
      export const left: bigint | null = decision.remaining;
      // @ts-expect-error only one of the two may be given
      await client.level({ feature: 'agent_seats', increase: 1, set: 2 });`;
    await writeFile(join(project, 'product.mts'), source);
    const tsc = [resolve('node_modules/typescript/bin/tsc'), '--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022', '--typeRoots', resolve('node_modules/@types'), '--types', 'node', 'product.mts'];
    const { stdout } = await run(process.execPath, tsc, { cwd: project }).catch((error: { stdout: string }) => error);
    expect(stdout).toBe('');
  }, 60_000);
});
