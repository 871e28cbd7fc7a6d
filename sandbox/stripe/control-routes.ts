import { z } from 'zod';
import { control, nothing, type ControlRoute } from '../server/control-routes';
import type { StripeControls } from './controls';
import { debitFailures, type DebitFailureName } from './declines';

const debitOutcome = z.enum(['succeed', ...(Object.keys(debitFailures) as DebitFailureName[])]).optional();

/** The controls of Stripe's stand-in over HTTP, besides those that every stand-in has. */
export const stripeControlRoutes: readonly ControlRoute<StripeControls>[] = [
  control('POST', '/webhooks/configure', z.strictObject({ url: z.url(), secret: z.string().min(1) }), (controls, webhook) => controls.webhooks.configure(webhook)),
  control('POST', '/webhooks/resend', z.strictObject({ event: z.string() }), (controls, { event }) => controls.webhooks.resend(event)),
  control('POST', '/payments/:id/challenge', z.strictObject({ outcome: z.enum(['complete', 'fail']) }), (controls, { outcome }, { id }) => controls.payments.finishChallenge(id!, outcome)),
  control('POST', '/payments/:id/settle', z.strictObject({ outcome: debitOutcome }), (controls, { outcome }, { id }) => controls.payments.settle(id!, outcome)),
  control('POST', '/refunds/:id/settle', nothing, (controls, _, { id }) => controls.refunds.settle(id!)),
  control('POST', '/refunds/:id/fail', nothing, (controls, _, { id }) => controls.refunds.fail(id!)),
  control('POST', '/charges/:id/dispute', z.strictObject({ reason: z.string().optional(), inquiry: z.boolean().optional(), amount: z.int().positive().optional() }), (controls, { reason, ...options }, { id }) => ({
    dispute: controls.disputes.open(id!, reason, options),
  })),
  control('POST', '/disputes/:id/close', z.strictObject({ result: z.enum(['won', 'lost']) }), (controls, { result }, { id }) => controls.disputes.close(id!, result)),
  control('POST', '/disputes/:id/overturn', nothing, (controls, _, { id }) => controls.disputes.overturn(id!)),
];
