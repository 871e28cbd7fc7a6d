import { PortalClient } from '@/lib/sdk';

/**
 * A product's process with a lease, to be killed: `node --import tsx lib/testing/lease-spender.ts ORIGIN KEY FEATURE SLICE`.
 * It takes one slice, uses a unit of it, says how much it holds, and waits for its end.
 */
const [origin = '', apiKey = '', feature = '', slice = ''] = process.argv.slice(2);
const client = new PortalClient({ baseUrl: origin, apiKey });
const lease = client.lease(feature, { minimumSlice: Number(slice), expiresInSeconds: 5 });
await lease.ready();
lease.take();
process.stdout.write(`${lease.left}\n`);
setInterval(() => undefined, 60_000);
