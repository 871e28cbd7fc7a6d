import { beginCheckout } from '@/lib/billing/workflows/checkout/begin-checkout';
import { refreshCheckout } from '@/lib/billing/workflows/checkout/refresh-checkout';
import { describeFaultMatrix } from '@/lib/testing/fault-matrix';
import type { ProviderOnSandbox } from '@/lib/testing/fault-matrix/provider';
import type { Behaviour, LostAnswer } from '@/lib/testing/fault-matrix/scenarios';
import { startPayPalSandbox } from '@/sandbox/testing';
import { paypalClient, type PayPalGatewaySettings } from './client';
import { paypalGateway } from './gateway';
import { captureOf } from './orders';
import { setupNamed } from './setups';

const buyers = { pays: 'pays', settles_later: 'pending', refunds_later: 'slow_refund' } as const satisfies Record<Behaviour, string>;
const faults = { busy: 'error_503', fails_after: 'error_500_after', cut_after: 'cut_after', silent_after: 'timeout_after' } as const satisfies Record<LostAnswer, string>;
/** A charge makes an order, and takes its money. */
const charging = ['^/v2/checkout/orders$', '/capture$'];

async function onSandbox(): Promise<ProviderOnSandbox> {
  const sandbox = await startPayPalSandbox({ settleAfter: 3_600_000 });
  const { clientId, clientSecret, webhookId } = sandbox;
  const settings: PayPalGatewaySettings = { clientId, clientSecret, webhookId, environment: 'sandbox', apiBase: new URL(sandbox.url) };
  const paypal = paypalClient(settings);
  const captureFor = async (order: string): Promise<string> => captureOf((await paypal.orders.getOrder({ id: order })).result)!.id!;
  return {
    adapter: (change) => paypalGateway({ ...settings, ...change }),
    async storeMethod(context, behaviour) {
      const { session } = await beginCheckout(context, { purpose: { kind: 'payment_method' }, returnPath: '/billing' });
      sandbox.approvals.approve(setupNamed(session.reference!)!.token, buyers[behaviour]);
      await refreshCheckout(context, session.id);
    },
    async meet(request, fault, turn) {
      const match = request.kind === 'charge' ? { path: charging[turn % charging.length], body: request.paymentMethod } : { path: `/captures/${await captureFor(request.charge)}/refund$` };
      sandbox.faults.add({ match: { method: 'POST', ...match }, fault: faults[fault] });
    },
    mend() {
      const unmet = sandbox.faults.waiting().map(({ fault }) => fault);
      sandbox.faults.clear();
      return unmet;
    },
    async settle({ charges, refunds }) {
      for (const charge of charges) sandbox.captures.settle(await captureFor(charge), 'completes');
      for (const refund of refunds) sandbox.refunds.settle(refund, 'completes');
    },
    notify(url) {
      sandbox.webhooks.configure({ url, id: webhookId });
      sandbox.webhooks.set({ mode: 'hold' });
    },
    held: () => sandbox.webhooks.pending(),
    deliver: (eventIds) => sandbox.webhooks.deliver(eventIds),
    resend: (eventId) => sandbox.webhooks.resend(eventId),
    close: () => sandbox.close(),
  };
}

describeFaultMatrix('PayPal on its sandbox, whatever fails on the way', onSandbox);
