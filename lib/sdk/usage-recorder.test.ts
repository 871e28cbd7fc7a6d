import { describe, expect, it, vi } from 'vitest';
import { MadeUpPortal } from '@/lib/testing/made-up-portal';
import { TestClock } from '@/lib/testing/test-clock';
import { PortalClient } from './client';
import { ClientClosedError, UsageBufferFullError } from './errors';
import type { RecordingOptions } from './usage-recorder';

function recording(options: RecordingOptions = {}) {
  const portal = new MadeUpPortal(0);
  const clock = new TestClock();
  const client = new PortalClient({ baseUrl: 'http://portal.example', apiKey: 'cpk_demo', closeAtExit: false, fetch: portal.fetch, clock, random: () => 0.5, recording: options });
  const record = (events: number): void => {
    for (let event = 0; event < events; event += 1) client.record({ feature: 'tokens', quantity: 2 });
  };
  return { portal, clock, client, record };
}

const sum = (portal: MadeUpPortal): number => [...portal.recorded.values()].reduce((total, quantity) => total + quantity, 0);

describe('recorded usage', () => {
  it('leaves together after a moment', async () => {
    const { portal, clock, record } = recording({ flushAfterMs: 1_000 });
    record(3);
    await clock.advance(999);
    expect(portal.received).toEqual([]);
    await clock.advance(1);
    expect([portal.received.length, portal.recorded.size]).toEqual([1, 3]);
    expect(portal.received[0]?.body).toMatchObject({ events: [{ feature: 'tokens', quantity: 2, occurredAt: '2026-03-01T00:00:00.000Z' }, {}, {}] });
  });

  it('leaves at once when a batch is full', async () => {
    const { portal, clock, record } = recording({ batchSize: 10 });
    record(25);
    await clock.advance(0);
    expect([portal.received.length, portal.recorded.size]).toEqual([3, 25]);
  });

  it('leaves when the client is closed, which then takes no more', async () => {
    const { portal, client, record } = recording();
    record(3);
    await client.close();
    expect(portal.recorded.size).toBe(3);
    expect(() => record(1)).toThrow(ClientClosedError);
  });

  it('counts once when an answer is lost', async () => {
    const { portal, clock, record } = recording();
    portal.mishaps.push('lost answer');
    record(3);
    await clock.advance(5_000);
    expect([portal.received.length, sum(portal)]).toEqual([2, 6]);
  });

  it('waits while the portal is away, up to a bound, and is sent when it is back', async () => {
    const onFailure = vi.fn();
    const { portal, clock, client, record } = recording({ bufferSize: 100, batchSize: 10, onFailure });
    portal.away = true;
    record(100);
    expect(() => record(1)).toThrow(UsageBufferFullError);
    await clock.advance(30_000);
    expect(onFailure).toHaveBeenCalled();
    await expect(clock.until(client.flush())).rejects.toMatchObject({ code: 'unreachable' });
    portal.away = false;
    await clock.advance(20_000);
    expect(sum(portal)).toBe(200);
  });

  it('leaves out what the portal refuses, says so and sends the rest', async () => {
    const onRefused = vi.fn();
    const { portal, client } = recording({ onRefused });
    const issues = [{ field: 'events.1.quantity', message: 'Use a number above zero.' }];
    portal.mishaps.push({ status: 422, code: 'invalid_request', payload: { requestId: 'req_1', issues } });
    client.record({ feature: 'tokens', idempotencyKey: 'a' });
    client.record({ feature: 'tokens', quantity: -1, idempotencyKey: 'b' });
    client.record({ feature: 'tokens', idempotencyKey: 'c' });
    await client.flush();
    expect([...portal.recorded.keys()]).toEqual(['a', 'c']);
    expect(onRefused.mock.calls).toEqual([[expect.objectContaining({ idempotencyKey: 'b' }), { code: 'invalid_request', message: 'Use a number above zero.' }]]);
  });

  it('goes in smaller batches when one is too large', async () => {
    const { portal, client, record } = recording();
    portal.mishaps.push({ status: 413, code: 'body_too_large' });
    record(10);
    await client.flush();
    expect([portal.received.length, portal.recorded.size]).toEqual([3, 10]);
  });
});
