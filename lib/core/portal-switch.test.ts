import { afterEach, describe, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

async function switched(value: string): Promise<(path: string) => boolean> {
  vi.stubEnv('ENABLE_CUSTOMER_PORTAL', value);
  vi.resetModules();
  return (await import('./portal-switch')).portalIsOff;
}

describe('the switch of the portal', () => {
  it('takes its pages, its API and signing in away', async () => {
    const isOff = await switched('false');
    for (const path of ['/', '/account', '/sign-in', '/outbox', '/docs-of-mine', '/api/portal/account', '/api/auth/csrf', '/api/v1/auth/tokens']) expect([path, isOff(path)]).toEqual([path, true]);
  });
  it('leaves the product APIs, their reference and the health check', async () => {
    const isOff = await switched('false');
    for (const path of ['/api/quota', '/api/quota/consume', '/api/usage', '/api/v1/billing/plans', '/api/openapi.json', '/api/health', '/docs']) expect([path, isOff(path)]).toEqual([path, false]);
  });
  it('takes nothing away while it is on', async () => {
    const isOff = await switched('true');
    for (const path of ['/', '/account', '/api/portal/account']) expect(isOff(path)).toBe(false);
  });
});
