import { describe, expect, it } from 'vitest';
import type { GatewayBench } from './bench';
import { hour, stepsOn } from './steps';

/** What a gateway promises of its notices. */
export function describeNotices(bench: GatewayBench): void {
  const { gateway } = bench;
  const { paid } = stepsOn(bench);

  describe.skipIf(!bench.notices)('notices', () => {
    it('are believed as they come, and name what they are about', async () => {
      const { charge } = await paid();
      const events = await Promise.all((await bench.notices!()).map((notice) => gateway.readEvent({ ...notice, now: new Date() })));
      expect(events.map(({ subject }) => subject)).toContainEqual({ kind: 'charge', reference: charge });
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    });

    it('are not believed changed or late', async () => {
      await paid();
      const [notice] = await bench.notices!();
      const changed = Buffer.from(Buffer.from(notice!.body).toString().replace('"', ' "'));
      await expect(gateway.readEvent({ ...notice!, body: changed, now: new Date() })).rejects.toMatchObject({ name: 'EventNotAuthentic' });
      await expect(gateway.readEvent({ ...notice!, headers: {}, now: new Date() })).rejects.toMatchObject({ name: 'EventNotAuthentic' });
      await expect(gateway.readEvent({ ...notice!, now: new Date(Date.now() + hour) })).rejects.toMatchObject({ name: 'EventNotAuthentic' });
    });
  });
}
