import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { useSandbox } from './test-client';

const held = useSandbox();

function challenged(options: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<Stripe.PaymentIntent> {
  return held.stripe.paymentIntents.create({ amount: 4_200, currency: 'usd', payment_method: 'pm_card_threeDSecure2Required', allowed_payment_method_types: ['card'], confirm: true, ...options });
}
const choose = (url: string, outcome: string) => fetch(url, { method: 'POST', body: new URLSearchParams({ outcome }), redirect: 'manual' });

describe('the challenge page', () => {
  it('asks, and goes back with the outcome', async () => {
    const intent = await challenged({ return_url: 'https://portal.example/back?tab=billing' });
    const { url } = intent.next_action!.redirect_to_url! as { url: string };
    const page = await (await fetch(url)).text();
    expect(page).toContain('Sandbox – no real money');
    expect(page).toContain('$42.00');
    const answer = await choose(url, 'complete');
    expect(answer.status).toBe(303);
    expect(Object.fromEntries(new URL(answer.headers.get('location')!).searchParams)).toEqual({ tab: 'billing', payment_intent: intent.id, payment_intent_client_secret: intent.client_secret, redirect_status: 'succeeded' });
    expect(await held.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'succeeded' });
  });

  it('speaks Chinese', async () => {
    const intent = await challenged({ return_url: 'https://portal.example/back' });
    expect(await (await fetch(`${intent.next_action!.redirect_to_url!.url}&locale=zh-CN`)).text()).toContain('不涉及真实资金');
  });

  it('says that it failed', async () => {
    const intent = await challenged({ return_url: 'https://portal.example/back' });
    const answer = await choose(intent.next_action!.redirect_to_url!.url!, 'fail');
    expect(new URL(answer.headers.get('location')!).searchParams.get('redirect_status')).toBe('failed');
    expect(await held.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ last_payment_error: { code: 'payment_intent_authentication_failure' } });
  });

  it('tells the page around it when it is in a frame', async () => {
    const setup = await held.stripe.setupIntents.create({ payment_method: 'pm_card_authenticationRequired', allowed_payment_method_types: ['card'], confirm: true });
    const { stripe_js: url } = setup.next_action!.use_stripe_sdk as { stripe_js: string };
    const answer = await choose(url, 'complete');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('postMessage');
    expect(await held.stripe.setupIntents.retrieve(setup.id)).toMatchObject({ status: 'succeeded' });
  });

  it('is answered once, and by nobody without the secret', async () => {
    const intent = await challenged({ return_url: 'https://portal.example/back' });
    const url = intent.next_action!.redirect_to_url!.url!;
    expect((await choose(url.replace(/client_secret=.*/, 'client_secret=guess'), 'complete')).status).toBe(404);
    expect((await choose(url, 'complete')).status).toBe(303);
    expect((await choose(url, 'fail')).status).toBe(404);
    expect(await held.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'succeeded' });
  });

  it('is over when the intent is cancelled', async () => {
    const intent = await challenged({ return_url: 'https://portal.example/back' });
    await held.stripe.paymentIntents.cancel(intent.id);
    expect((await choose(intent.next_action!.redirect_to_url!.url!, 'complete')).status).toBe(404);
  });
});
