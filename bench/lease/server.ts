import { drainQuotaEngine } from '@/lib/billing/quota/engine/engine';
import { disconnect } from '@/lib/core/database';
import { startProductServer } from '@/lib/testing/product-server';

/** The door for product backends in a process of its own, on the database of `DATABASE_URL`; tells its address to its parent. */
const server = await startProductServer();
process.send?.({ origin: server.origin });
process.once('disconnect', async () => {
  await server.close();
  await drainQuotaEngine();
  await disconnect();
  process.exit();
});
