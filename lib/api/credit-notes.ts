import { z } from 'zod';
import { issueCreditNote } from '@/lib/billing/invoices/credit-notes/issue-credit-note';
import { getCreditNote, listCreditNotes } from '@/lib/billing/invoices/credit-notes/list-credit-notes';
import type { WantedCredit } from '@/lib/billing/invoices/credit-notes/credit-note';
import { creditNoteDto, creditNoteSummaryDto } from '@/lib/billing/invoices/credit-notes/schema';
import { getInvoice } from '@/lib/billing/invoices/list-invoices';
import { withDunningReviewed } from '@/lib/billing/workflows/dunning/review-dunning';
import { idInput, pageInput, pageOf, quantityInput } from '@/lib/core/input';
import { renderCreditNote } from '@/lib/documents/render';
import { contract, FileAnswer } from '@/lib/http/contract';
import { fileName } from '@/lib/documents/file-name';
import { lookInput, lookOf } from './document-input';
import { invoiceParams } from './invoices';

const newCreditNote = z
  .strictObject({
    reason: z.string().trim().min(1, 'Say why.').max(200).regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Use one line of text without control characters.').describe('It stands on the credit note.'),
    amountMinor: quantityInput.optional().describe('With tax, in minor units; it is shared out over the lines.'),
    lines: z
      .array(
        z.strictObject({
          position: z.int().min(1).describe("The line's position on the invoice."),
          amountMinor: quantityInput.optional().describe('With tax, in minor units; all that is left of the line unless said.'),
        }),
      )
      .min(1)
      .max(500)
      .optional(),
  })
  .refine(({ amountMinor, lines }) => amountMinor === undefined || lines === undefined, { path: ['lines'], error: 'Send an amount or lines, not both.' });

const creditNoteParams = z.strictObject({ id: idInput });

function wantedOf({ amountMinor, lines }: z.output<typeof newCreditNote>): WantedCredit {
  if (lines) return { scope: 'lines', lines };
  return amountMinor === undefined ? { scope: 'whole' } : { scope: 'amount', amountMinor };
}

export const issueCreditNoteContract = contract({
  id: 'issueCreditNote',
  method: 'POST',
  path: '/api/v1/billing/invoices/{id}/credit-notes',
  group: 'Credit notes',
  summary: 'Credit an invoice, whole or in part',
  description:
    'With neither amount nor lines, all that is left of it. Tax is credited with what bears it, in proportion. What is still to pay becomes less; what goes beyond that is given back: as prepaid credit to the share that credit had paid, else in money. Never more than was billed, of no line and in all. For the seller alone.',
  permission: 'invoice:manage',
  params: invoiceParams,
  body: newCreditNote,
  output: creditNoteDto,
  errors: ['not_found', 'not_creditable', 'credit_exceeds_invoice'],
  idempotency: 'stored',
  example: { reason: 'Service was down on 3 November', amountMinor: 500 },
  handle: (context, { params, body }) =>
    withDunningReviewed(context, params.id, () => issueCreditNote(context, { invoiceId: params.id, reason: body.reason, wanted: wantedOf(body) })),
});

export const listCreditNotesContract = contract({
  id: 'listCreditNotes',
  method: 'GET',
  path: '/api/v1/billing/credit-notes',
  aliases: ['/api/portal/credit-notes'],
  group: 'Credit notes',
  summary: 'List credit notes',
  description: 'Newest first, of one invoice or of all.',
  permission: 'invoice:read',
  query: z.strictObject({ invoice: idInput.optional().describe('The id of an invoice.'), ...pageInput }),
  output: pageOf(creditNoteSummaryDto),
  errors: [],
  handle: (context, { query: { invoice, ...page } }) => listCreditNotes(context, { invoiceId: invoice, ...page }),
});

export const getCreditNoteContract = contract({
  id: 'getCreditNote',
  method: 'GET',
  path: '/api/v1/billing/credit-notes/{id}',
  aliases: ['/api/portal/credit-notes/{id}'],
  group: 'Credit notes',
  summary: 'Read a credit note with its lines',
  permission: 'invoice:read',
  params: creditNoteParams,
  output: creditNoteDto,
  errors: ['not_found'],
  handle: (context, { params }) => getCreditNote(context, params.id),
});

export const getCreditNotePdfContract = contract({
  id: 'getCreditNotePdf',
  method: 'GET',
  path: '/api/v1/billing/credit-notes/{id}/pdf',
  aliases: ['/api/portal/credit-notes/{id}/pdf'],
  group: 'Credit notes',
  summary: 'Download a credit note as PDF',
  permission: 'invoice:read',
  params: creditNoteParams,
  query: z.strictObject(lookInput),
  output: 'file',
  errors: ['not_found', 'overloaded'],
  handle: async (context, { params, query }) => {
    const note = await getCreditNote(context, params.id);
    const invoice = await getInvoice(context, note.invoiceId);
    const bytes = await renderCreditNote(note, invoice, query.language ?? invoice.customer.language, await lookOf(context, query));
    return new FileAnswer('application/pdf', fileName(note.number, 'pdf'), bytes);
  },
});
