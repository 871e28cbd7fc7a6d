import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { renderInvoice } from '@/lib/documents/render';
import { sampleInvoice } from '@/lib/testing/invoice';

/**
 * How long the main thread is held up while documents are made in the worker: the delay of its event loop, idle and
 * while 20 invoices of 50 Chinese lines render at once. The timer that measures ticks every millisecond, so an idle loop
 * shows a little more than 1 ms.
 */
const documents = 20;
const lines = 50;
const invoice = sampleInvoice({ currency: 'CNY', lines });

async function delayDuring(work: () => Promise<unknown>): Promise<{ p50: number; p99: number; max: number; took: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const since = performance.now();
  await work();
  const took = performance.now() - since;
  delay.disable();
  const milliseconds = (nanoseconds: number): number => nanoseconds / 1e6;
  return { p50: milliseconds(delay.percentile(50)), p99: milliseconds(delay.percentile(99)), max: milliseconds(delay.max), took };
}

const shown = ({ p50, p99, max }: { p50: number; p99: number; max: number }): string => `p50 ${p50.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms   longest ${max.toFixed(1)} ms`;

await renderInvoice(invoice, 'zh'); // The worker begins with its first document.
const idle = await delayDuring(() => pause(3_000));
const busy = await delayDuring(() => Promise.all(Array.from({ length: documents }, () => renderInvoice(invoice, 'zh'))));
console.log(`main thread, idle                 ${shown(idle)}`);
console.log(`while ${documents} of ${lines} lines render       ${shown(busy)}   ${(busy.took / documents).toFixed(0)} ms a document`);
process.exit(0);
