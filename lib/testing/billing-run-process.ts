import { closeDuePeriods } from '@/lib/billing/workflows/billing-run/close-due-periods';
import { FixedClock } from '@/lib/core/clock';
import { disconnect } from '@/lib/core/database';

/** A worker of its own: `node --import tsx lib/testing/billing-run-process.ts <moment>` closes what is due then and prints what it did. */
const outcome = await closeDuePeriods(new FixedClock(new Date(process.argv[2] ?? '')));
await disconnect();
process.stdout.write(JSON.stringify(outcome));
