import { z } from 'zod';
import { anything, money, text } from '../input';
import { readMoney } from '../money';
import { captures, captureView, settleCapture, type Capture } from '../objects/capture';
import { createRefund, refunds, refundView, settleRefund, type Refund } from '../objects/refund';
import { get, post, type Resource } from '../resource';

/** https://developer.paypal.com/docs/api/payments/v2/ */
export const payments: Resource = {
  jobs: {
    settle_capture: (sandbox, id) => {
      const capture = captures(sandbox).get(id);
      if (capture) settleCapture(sandbox, capture);
    },
    settle_refund: (sandbox, id) => {
      const refund = refunds(sandbox).get(id);
      if (refund) settleRefund(sandbox, refund);
    },
  },
  routes: [
    get('/v2/payments/captures/:id', anything, ({ sandbox, path }) => ({ status: 200, body: captureView(sandbox, sandbox.get<Capture>('capture', path.id!)) })),
    post(
      '/v2/payments/captures/:id/refund',
      z.object({ amount: money().optional(), invoice_id: text().optional(), custom_id: text(255).optional(), note_to_payer: text(255).optional() }),
      ({ sandbox, path, body, full }) => {
        const capture = sandbox.get<Capture>('capture', path.id!);
        const amount = body.amount && { minor: readMoney(body.amount, '/amount'), currency: body.amount.currency_code };
        const made = createRefund(sandbox, capture, { amount, invoiceId: body.invoice_id ?? null, customId: body.custom_id ?? null, note: body.note_to_payer ?? null });
        const view = refundView(sandbox, made);
        return { status: 201, body: full ? view : { id: view.id, status: view.status, links: view.links } };
      },
    ),
    get('/v2/payments/refunds/:id', anything, ({ sandbox, path }) => ({ status: 200, body: refundView(sandbox, sandbox.get<Refund>('refund', path.id!)) })),
  ],
};
