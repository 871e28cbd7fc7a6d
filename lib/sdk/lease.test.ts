import { describe, expect, it } from 'vitest';
import { MadeUpPortal } from '@/lib/testing/made-up-portal';
import { TestClock } from '@/lib/testing/test-clock';
import { PortalClient } from './client';
import type { LeaseOptions } from './lease';

function leasing(limit: number, options: LeaseOptions = {}) {
  const portal = new MadeUpPortal(limit);
  const clock = new TestClock();
  const open = () => new PortalClient({ baseUrl: 'http://portal.example', apiKey: 'cpk_demo', closeAtExit: false, fetch: portal.fetch, clock, random: () => 0.5 });
  const client = open();
  return { portal, clock, open, client, lease: client.lease('api_calls', { minimumSlice: 10, ...options }) };
}

describe('a lease', () => {
  it('answers at once from the slice it holds', async () => {
    const { portal, lease } = leasing(1_000);
    await lease.ready();
    expect([lease.left, portal.heldUnits]).toEqual([10, 10]);
    expect([lease.take(), lease.take(3)]).toEqual([true, true]);
    expect([lease.left, portal.received.length]).toEqual([6, 1]);
  });

  it('has nothing before the first slice is there, and says so', async () => {
    const { lease } = leasing(1_000);
    expect([lease.take(), lease.whyNot]).toEqual([false, 'no_slice_yet']);
    expect(await lease.acquire()).toBe(true);
  });

  it('asks for the next slice when half is used, and settles one that is used up', async () => {
    const { portal, clock, lease } = leasing(1_000);
    await lease.ready();
    for (let unit = 0; unit < 5; unit += 1) lease.take();
    await clock.advance(0);
    expect(portal.count('/api/quota/lease')).toBe(2);
    for (let unit = 0; unit < 5; unit += 1) lease.take();
    await clock.advance(0);
    expect([portal.used, portal.held.get('held1')?.status]).toEqual([10, 'settled']);
  });

  it('asks for more the faster it is used, and for less again later', async () => {
    const { portal, clock, lease } = leasing(1_000_000, { expiresInSeconds: 60 });
    await lease.ready();
    for (let millisecond = 0; millisecond < 2_000; millisecond += 1) {
      for (let unit = 0; unit < 3; unit += 1) lease.take();
      await clock.advance(1);
    }
    const sizes = portal.received.filter(({ path }) => path === '/api/quota/lease').map(({ body }) => Number(body.quantity));
    expect(Math.max(...sizes)).toBeGreaterThanOrEqual(3_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(8_000);
    await clock.advance(400_000);
    expect(lease.left).toBe(10);
  });

  it('takes a large piece from several slices together', async () => {
    const { portal, clock, lease, client } = leasing(100);
    await lease.ready();
    for (let unit = 0; unit < 5; unit += 1) lease.take();
    await clock.advance(0);
    const { left } = lease;
    expect(left).toBeGreaterThan(10);
    expect(lease.take(left)).toBe(true);
    await clock.until(client.close());
    expect([portal.used, portal.heldUnits]).toEqual([5 + left, 0]);
  });

  it('waits for a slice that is large enough', async () => {
    const { portal, lease } = leasing(1_000);
    expect(await lease.acquire(300)).toBe(true);
    expect(portal.heldUnits).toBe(300);
  });

  it('gives back on close what it did not use', async () => {
    const { portal, client, lease } = leasing(1_000);
    await lease.acquire(4);
    await client.close();
    expect([portal.used, portal.heldUnits]).toEqual([4, 0]);
    expect([lease.take(), lease.whyNot]).toEqual([false, 'closed']);
  });

  it('gives back a slice at half of its life, and holds a new one', async () => {
    const { portal, clock, lease } = leasing(1_000, { expiresInSeconds: 60 });
    await lease.acquire(3);
    await clock.advance(30_001);
    expect([portal.used, portal.held.get('held1')?.status, lease.left]).toEqual([3, 'settled', 10]);
  });

  it('changes its slice when the limit begins anew', async () => {
    const { portal, clock, lease } = leasing(1_000, { expiresInSeconds: 3_600 });
    await clock.advance(31 * 86_400_000 - 10_000);
    await lease.acquire(3);
    await clock.advance(11_000);
    expect([portal.used, portal.held.get('held1')?.status]).toEqual([3, 'settled']);
  });

  it('shares a limit with others to the last unit and never past it', async () => {
    const { portal, clock, open } = leasing(1_000);
    const clients = [open(), open(), open(), open()];
    const leases = clients.map((client) => client.lease('api_calls', { minimumSlice: 10 }));
    let taken = 0;
    const spending = leases.map(async (lease) => {
      while (await lease.acquire()) taken += 1;
    });
    await clock.until(Promise.all(spending));
    expect(portal.used + portal.heldUnits).toBeLessThanOrEqual(1_000);
    await clock.until(Promise.all(clients.map((client) => client.close())));
    expect([portal.used, portal.heldUnits]).toEqual([taken, 0]);
    expect(taken).toBe(1_000);
  });

  it('does not ask again and again once the limit is reached', async () => {
    const { portal, clock, lease } = leasing(10);
    expect(await lease.acquire(10)).toBe(true);
    await clock.advance(0);
    const asked = portal.count('/api/quota/lease');
    for (let attempt = 0; attempt < 100; attempt += 1) {
      expect(lease.take()).toBe(false);
      await clock.advance(1);
    }
    expect(lease.whyNot).toBe('limit_reached');
    expect(portal.count('/api/quota/lease') - asked).toBeLessThanOrEqual(1);
    portal.limit = 20;
    await clock.advance(1_000);
    expect(await lease.acquire()).toBe(true);
  });

  it.each([['closed', 10], ['open', 25]] as const)('goes on within what it holds when the portal is away, then is %s', async (whenAway, expected) => {
    const { portal, clock, client, lease } = leasing(1_000, { whenAway });
    await lease.ready();
    portal.away = true;
    let taken = 0;
    for (let attempt = 0; attempt < 25; attempt += 1) {
      if (lease.take()) taken += 1;
      await clock.advance(1);
    }
    expect([taken, lease.whyNot]).toEqual([expected, 'away']);
    portal.away = false;
    await clock.advance(60_000);
    expect(await lease.acquire()).toBe(true);
    await clock.until(client.close());
    const reported = [...portal.recorded.values()].reduce((sum, quantity) => sum + quantity, 0);
    expect([portal.used + reported, portal.heldUnits]).toEqual([taken + 1, 0]);
  });

  it('asks again with the same key when an answer was lost, so that no units are held in vain', async () => {
    const { portal, clock, client, lease } = leasing(1_000);
    portal.mishaps.push('lost answer');
    await lease.ready();
    expect([lease.left, portal.heldUnits]).toEqual([0, 10]);
    await clock.advance(10_000);
    expect(await lease.acquire(2)).toBe(true);
    expect(portal.held.size).toBe(1);
    await clock.until(client.close());
    expect([portal.used, portal.heldUnits]).toEqual([2, 0]);
  });

  it('gives back on close what a lost answer may have granted', async () => {
    const { portal, clock, client, lease } = leasing(1_000);
    portal.mishaps.push('lost answer');
    await lease.ready();
    await clock.until(client.close());
    expect([portal.used, portal.heldUnits]).toEqual([0, 0]);
  });

  it('settles later what could not be settled while the portal was away', async () => {
    const { portal, clock, lease } = leasing(1_000, { expiresInSeconds: 60 });
    await lease.acquire(3);
    await clock.advance(29_990);
    const refusal = { payload: { allowed: false, reason: 'limit_reached', lease: null } };
    portal.mishaps.push(refusal, 'no connection', 'no connection', 'no connection', 'no connection');
    await clock.advance(10_000);
    expect([portal.used, portal.held.get('held1')?.status]).toEqual([3, 'settled']);
  });

  it('refuses what is no number of units', async () => {
    const { lease } = leasing(10);
    await lease.ready();
    for (const quantity of [0, -1, 1.5, NaN, Infinity]) expect(() => lease.take(quantity)).toThrow(RangeError);
  });
});
