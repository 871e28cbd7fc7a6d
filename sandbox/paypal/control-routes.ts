import { z } from 'zod';
import { control, nothing, type ControlRoute } from '../server/control-routes';
import { buyerNames } from './buyers';
import type { PayPalControls } from './controls';
import { disputeReasons, disputeStages } from './objects/dispute';

const paymentOutcome = z.enum(['completes', 'declined', 'pending', 'denied']);

/** The controls of PayPal's stand-in over HTTP, besides those that every stand-in has. */
export const paypalControlRoutes: readonly ControlRoute<PayPalControls>[] = [
  control('POST', '/webhooks/configure', z.strictObject({ url: z.url(), id: z.string().min(1) }), (controls, webhook) => controls.webhooks.configure(webhook)),
  control('POST', '/webhooks/resend', z.strictObject({ event: z.string() }), (controls, { event }) => controls.webhooks.resend(event)),
  control('POST', '/tokens/expire', nothing, (controls) => controls.expireTokens()),
  control('POST', '/approvals/:token/approve', z.strictObject({ buyer: z.enum(buyerNames).optional() }), (controls, { buyer }, { token }) => controls.approvals.approve(token!, buyer)),
  control('POST', '/orders/:id/void', nothing, (controls, _, { id }) => controls.orders.void(id!)),
  control('POST', '/captures/:id/settle', z.strictObject({ outcome: z.enum(['completes', 'denied']).optional() }), (controls, { outcome }, { id }) => controls.captures.settle(id!, outcome)),
  control('POST', '/methods/:id', z.strictObject({ charges: paymentOutcome }), (controls, { charges }, { id }) => controls.methods.set(id!, charges)),
  control('POST', '/refunds/:id/settle', z.strictObject({ outcome: z.enum(['completes', 'fails']).optional() }), (controls, { outcome }, { id }) => controls.refunds.settle(id!, outcome)),
  control('POST', '/subscriptions/:id', z.strictObject({ charges: z.enum(['completes', 'declined']) }), (controls, { charges }, { id }) => controls.subscriptions.set(id!, charges)),
  control(
    'POST',
    '/captures/:id/dispute',
    z.strictObject({ reason: z.enum(disputeReasons).optional(), stage: z.enum(disputeStages).optional(), amountMinor: z.string().regex(/^[1-9]\d{0,14}$/).transform(BigInt).optional() }),
    (controls, options, { id }) => ({ dispute: controls.disputes.open(id!, options) }),
  ),
  control('POST', '/disputes/:id/escalate', nothing, (controls, _, { id }) => controls.disputes.escalate(id!)),
  control('POST', '/disputes/:id/close', z.strictObject({ result: z.enum(['won', 'lost']) }), (controls, { result }, { id }) => controls.disputes.close(id!, result)),
  control('POST', '/disputes/:id/overturn', nothing, (controls, _, { id }) => controls.disputes.overturn(id!)),
];
