import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Method } from '@/lib/http/contract';
import type { routes } from '@/lib/http/routes';
import { allContracts } from './index';

const app = resolve('app');

/** Addresses that answer in another way than the envelope, or that any address falls to. */
const otherAddresses = [/^\/api\/\[\.\.\.rest\]$/, /^\/api\/auth\//, /^\/api\/health/, /^\/api\/openapi\.json$/, /^\/api\/webhooks\//, /^\/api\/billing\/(success|cancel)$/];

const files = readdirSync(join(app, 'api'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name === 'route.ts')
  .map((entry) => join(entry.parentPath, entry.name))
  .map((file) => ({ file, folder: `/${relative(app, file).replace(/\/route\.ts$/, '')}` }))
  .filter(({ folder }) => !otherAddresses.some((other) => other.test(folder)));

const methods: Method[] = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

/** `GET /api/v1/billing/invoices/{id}` for each method that a route file answers other than with "no such method". */
async function mountedAt({ file, folder }: { file: string; folder: string }): Promise<string[]> {
  const handlers = (await import(file)) as ReturnType<typeof routes>;
  const answered = await Promise.all(
    methods.map(async (method) => {
      const request = new Request(`http://portal.example${folder}`, { method });
      return (await handlers[method](request, { params: Promise.resolve({}) })).status !== 405;
    }),
  );
  const address = folder.replace(/\[(\w+)\]/g, '{$1}');
  return methods.filter((_, index) => answered[index]).map((method) => `${method} ${address}`);
}

const described = allContracts.flatMap((contract) => [contract.path, ...(contract.aliases ?? [])].map((address) => `${contract.method} ${address}`));

describe('the API', () => {
  it('is mounted at every address of every contract, and nowhere else', async () => {
    const mounted = await Promise.all(files.map(mountedAt));
    expect(mounted.flat().sort()).toEqual([...described].sort());
  });

  it('names every operation once and every method of an address once', () => {
    const names = allContracts.map((contract) => contract.id);
    expect(names).toHaveLength(new Set(names).size);
    expect(described).toHaveLength(new Set(described).size);
  });
});
