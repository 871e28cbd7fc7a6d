import { z } from 'zod';
import { anything, number, text, webAddress } from '../input';
import { createSetupToken, setupTokens, setupTokenView, vaultSetup, type SetupToken } from '../objects/setup-token';
import { customerOf, customerView, deletePaymentToken, paymentTokens, paymentTokenView, type PaymentToken } from '../objects/payment-token';
import { pageOf } from '../paging';
import { get, post, remove, type Resource } from '../resource';

const wallet = z.object({
  usage_type: z.enum(['MERCHANT', 'PLATFORM']),
  description: text(128).optional(),
  experience_context: z.object({ return_url: webAddress(), cancel_url: webAddress(), locale: text(10).optional() }).optional(),
});

/** https://developer.paypal.com/docs/api/payment-tokens/v3/ */
export const vault: Resource = {
  jobs: {
    expire_setup_token: (sandbox, id) => setupTokens(sandbox).delete(id),
  },
  routes: [
    post(
      '/v3/vault/setup-tokens',
      z.object({ payment_source: z.object({ paypal: wallet }), customer: z.object({ id: text(22).optional(), merchant_customer_id: text(64).optional() }).optional() }),
      ({ sandbox, body }) => {
        const { description, experience_context } = body.payment_source.paypal;
        const made = createSetupToken(sandbox, {
          customer: customerOf(sandbox, body.customer),
          description: description ?? null,
          returnUrl: experience_context?.return_url ?? null,
          cancelUrl: experience_context?.cancel_url ?? null,
          locale: experience_context?.locale ?? null,
        });
        return { status: 201, body: setupTokenView(sandbox, made) };
      },
    ),
    get('/v3/vault/setup-tokens/:id', anything, ({ sandbox, path }) => ({ status: 200, body: setupTokenView(sandbox, sandbox.get<SetupToken>('setup_token', path.id!)) })),
    post('/v3/vault/payment-tokens', z.object({ payment_source: z.object({ token: z.object({ id: text(255), type: z.literal('SETUP_TOKEN') }) }) }), ({ sandbox, body }) => ({
      status: 201,
      body: paymentTokenView(sandbox, vaultSetup(sandbox, body.payment_source.token.id)),
    })),
    get(
      '/v3/vault/payment-tokens',
      z.object({ customer_id: text(22), page_size: number(1, 5).default(5), page: number(1, 10).default(1), total_required: z.enum(['true', 'false']).optional() }),
      ({ sandbox, query }) => {
        const rows = paymentTokens(sandbox).where(({ customer }) => customer.id === query.customer_id);
        const { rows: shown, totals, links } = pageOf(`${sandbox.url}/v3/vault/payment-tokens?customer_id=${query.customer_id}`, rows, { page: query.page, size: query.page_size });
        return {
          status: 200,
          body: { ...(query.total_required === 'true' && totals), customer: customerView(rows[0]?.customer ?? { id: query.customer_id, merchantCustomerId: null }), payment_tokens: shown.map((token) => paymentTokenView(sandbox, token)), links },
        };
      },
    ),
    get('/v3/vault/payment-tokens/:id', anything, ({ sandbox, path }) => ({ status: 200, body: paymentTokenView(sandbox, sandbox.get<PaymentToken>('payment_token', path.id!)) })),
    remove('/v3/vault/payment-tokens/:id', ({ sandbox, path }) => {
      const token = paymentTokens(sandbox).get(path.id!);
      if (token) deletePaymentToken(sandbox, token);
      return { status: 204 };
    }),
  ],
};
