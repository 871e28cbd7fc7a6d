import { parentPort } from 'node:worker_threads';
import { renderToBuffer } from '@react-pdf/renderer';
import { printable, registerFonts } from '../fonts';
import { invoiceContent, type InvoiceContent } from '../invoice/content';
import { InvoiceDocument } from '../invoice/invoice-document';
import type { Answer, Job } from './messages';

await registerFonts();

/** The content with nothing that the fonts cannot write; the names and addresses of people hold anything. */
function writable(content: InvoiceContent): InvoiceContent {
  const party = ({ name, lines }: InvoiceContent['seller']) => ({ name: printable(name), lines: lines.map(printable) });
  const lines = content.lines.map((line) => ({ ...line, description: printable(line.description) }));
  return { ...content, seller: party(content.seller), customer: party(content.customer), lines };
}

async function render(job: Job): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await renderToBuffer(InvoiceDocument({ content: writable(invoiceContent(job.invoice, job.language)) })));
}

// One document after another: a renderer is busy with one at a time, and a burst must not hold many in memory.
let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (job: Job) => {
  last = last.then(async () => {
    try {
      const bytes = await render(job);
      parentPort?.postMessage({ id: job.id, bytes } satisfies Answer, [bytes.buffer]);
    } catch (error) {
      parentPort?.postMessage({ id: job.id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies Answer);
    }
  });
});
