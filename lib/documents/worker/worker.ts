import { parentPort } from 'node:worker_threads';
import { renderToBuffer } from '@react-pdf/renderer';
import { printable, registerFonts } from '../fonts';
import { activityLogContent } from '../content/activity-log';
import { creditNoteContent } from '../content/credit-note';
import type { DocumentContent, Party } from '../content/document-content';
import { invoiceContent } from '../content/invoice';
import { statementContent } from '../content/statement';
import { PortalDocument } from '../document';
import type { Answer, Job, Subject } from './messages';

await registerFonts();

function contentOf(subject: Subject, language: Job['language']): DocumentContent {
  if (subject.kind === 'invoice') return invoiceContent(subject.invoice, language, subject.paidWith);
  if (subject.kind === 'credit_note') return creditNoteContent(subject.note, subject.invoice, language);
  if (subject.kind === 'activity_log') return activityLogContent(subject.log, subject.invoice, subject.issuedAt, language);
  return statementContent(subject.statement, language);
}

/** The content with nothing that the fonts cannot write; the names, addresses and reasons of people hold anything. */
function writable(content: DocumentContent): DocumentContent {
  const party = ({ name, lines }: Party): Party => ({ name: printable(name), lines: lines.map(printable) });
  const rows = content.rows.map((row) => ({ ...row, text: printable(row.text) }));
  const facts = content.facts.map((fact) => ({ ...fact, value: printable(fact.value) }));
  return { ...content, seller: party(content.seller), customer: party(content.customer), facts, rows, notes: content.notes.map(printable) };
}

async function render({ subject, language, look }: Job): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await renderToBuffer(PortalDocument({ content: writable(contentOf(subject, language)), look })));
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
