import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '@/lib/core/clock';

// The settings are read once: anew for this, and again for whatever comes after it.
beforeEach(() => void vi.resetModules());
afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

describe('in production', () => {
  it('there are no test clocks, and no account is looked up for one', async () => {
    vi.stubEnv('PORTAL_MODE', 'production');
    vi.stubEnv('DATABASE_URL', 'postgresql://nobody@127.0.0.1:1/none');
    const { createTestClock } = await import('./create-test-clock');
    const { clockFor, rememberedClock } = await import('./account-clock');
    const context = { actor: { kind: 'system' as const, id: 'test' }, accountId: 'acc_1', clock: systemClock, requestId: 'req_1' };
    expect(() => createTestClock(context, { name: 'Test' })).toThrow(expect.objectContaining({ code: 'test_clock_unavailable' }) as Error);
    expect(rememberedClock('acc_1', systemClock)).toBe(systemClock);
    expect(await clockFor('acc_1', systemClock)).toBe(systemClock);
  });
});
