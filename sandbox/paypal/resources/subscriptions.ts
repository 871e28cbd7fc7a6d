import { z } from 'zod';
import { buyers } from '../buyers';
import { anything, money, text, webAddress } from '../input';
import { feeOf, minorOf, moneyOf, readMoney } from '../money';
import type { Capture } from '../objects/capture';
import type { Plan } from '../objects/plan';
import { assertOutstanding, assertStatus, createSubscription, salesOf, subscriptionView, turn, type Subscription } from '../objects/subscription';
import { billSubscription, captureOutstanding, resumeSubscription, retrySubscription, startSubscription } from '../objects/subscription-billing';
import { get, post, type Resource } from '../resource';
import type { Sandbox } from '../sandbox';

const path = '/v1/billing/subscriptions';
const moment = () => z.iso.datetime({ offset: true });
const reason = z.object({ reason: text(128) });

const of = (sandbox: Sandbox, id: string): Subscription => sandbox.get<Subscription>('subscription', id);

function transactionView({ id, status, amount, buyer, createTime }: Capture) {
  const fee = feeOf(minorOf(amount));
  const { givenName, surname, email } = buyers[buyer];
  return {
    id,
    status,
    amount_with_breakdown: { gross_amount: amount, fee_amount: moneyOf(fee, amount.currency_code), net_amount: moneyOf(minorOf(amount) - fee, amount.currency_code) },
    payer_name: { given_name: givenName, surname },
    payer_email: email,
    time: createTime,
  };
}

/** https://developer.paypal.com/docs/api/subscriptions/v1/ */
export const subscriptions: Resource = {
  jobs: { bill_subscription: billSubscription, retry_subscription: retrySubscription },
  routes: [
    post(
      path,
      z.object({
        plan_id: text(26),
        start_time: moment().optional(),
        quantity: z.string().regex(/^[1-9]\d{0,8}$/).default('1'),
        custom_id: text().optional(),
        application_context: z.object({ return_url: webAddress(), cancel_url: webAddress(), locale: text(10).optional(), user_action: z.enum(['SUBSCRIBE_NOW', 'CONTINUE']).default('SUBSCRIBE_NOW') }).optional(),
      }),
      ({ sandbox, body, full }) => {
        const context = body.application_context;
        const made = createSubscription(sandbox, {
          plan: sandbox.get<Plan>('plan', body.plan_id),
          start: body.start_time === undefined ? null : Date.parse(body.start_time),
          quantity: Number(body.quantity),
          customId: body.custom_id ?? null,
          startsByApproval: context?.user_action !== 'CONTINUE',
          returnUrl: context?.return_url ?? null,
          cancelUrl: context?.cancel_url ?? null,
          locale: context?.locale ?? null,
        });
        return { status: 201, body: subscriptionView(sandbox, made, full) };
      },
    ),
    get(`${path}/:id`, anything, ({ sandbox, path: { id } }) => ({ status: 200, body: subscriptionView(sandbox, of(sandbox, id!)) })),
    post(`${path}/:id/activate`, z.object({ reason: text(128).optional() }), ({ sandbox, path: { id }, body }) => {
      const one = of(sandbox, id!);
      assertStatus(one, 'activate', ['APPROVED', 'SUSPENDED']);
      if (one.status === 'APPROVED') startSubscription(sandbox, one);
      else resumeSubscription(sandbox, one, body.reason ?? null);
      return { status: 204 };
    }),
    post(`${path}/:id/suspend`, reason, ({ sandbox, path: { id }, body }) => {
      const one = of(sandbox, id!);
      assertStatus(one, 'suspend', ['ACTIVE']);
      turn(sandbox, one, 'SUSPENDED', body.reason);
      return { status: 204 };
    }),
    post(`${path}/:id/cancel`, reason, ({ sandbox, path: { id }, body }) => {
      const one = of(sandbox, id!);
      assertStatus(one, 'cancel', ['ACTIVE', 'SUSPENDED']);
      turn(sandbox, one, 'CANCELLED', body.reason);
      return { status: 204 };
    }),
    post(`${path}/:id/capture`, z.object({ note: text(128), capture_type: z.literal('OUTSTANDING_BALANCE'), amount: money() }), ({ sandbox, path: { id }, body }) => {
      const one = of(sandbox, id!);
      assertStatus(one, 'capture', ['ACTIVE', 'SUSPENDED']);
      readMoney(body.amount, '/amount');
      return { status: 202, body: transactionView(captureOutstanding(sandbox, one, assertOutstanding(one, body.amount))) };
    }),
    get(`${path}/:id/transactions`, z.object({ start_time: moment(), end_time: moment() }), ({ sandbox, path: { id }, query }) => {
      const [from, until] = [Date.parse(query.start_time), Date.parse(query.end_time)];
      const shown = salesOf(sandbox, of(sandbox, id!)).filter(({ createTime }) => Date.parse(createTime) >= from && Date.parse(createTime) <= until);
      const href = `${sandbox.url}${path}/${id}/transactions?start_time=${query.start_time}&end_time=${query.end_time}`;
      return { status: 200, body: { transactions: shown.map(transactionView), links: [{ href, rel: 'self', method: 'GET' }] } };
    }),
  ],
};
