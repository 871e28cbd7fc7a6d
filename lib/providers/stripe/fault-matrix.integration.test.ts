import { beginSetup } from '@/lib/billing/workflows/store-method/begin-setup';
import { finishSetup } from '@/lib/billing/workflows/store-method/finish-setup';
import { describeFaultMatrix } from '@/lib/testing/fault-matrix';
import type { ProviderOnSandbox } from '@/lib/testing/fault-matrix/provider';
import type { Behaviour, LostAnswer } from '@/lib/testing/fault-matrix/scenarios';
import { startStripeSandbox } from '@/sandbox/testing';
import { stripeClient } from './client';
import { stripeGateway } from './gateway';

const methods: Record<Behaviour, string> = { pays: 'pm_card_visa', settles_later: 'pm_usBankAccount_success', refunds_later: 'pm_card_pendingRefund' };
const faults = { busy: 'error_503', fails_after: 'error_500_after', cut_after: 'cut_after', silent_after: 'timeout_after' } as const satisfies Record<LostAnswer, string>;

async function onSandbox(): Promise<ProviderOnSandbox> {
  const sandbox = await startStripeSandbox({ settleAfter: 3_600_000 });
  const { secretKey, publishableKey } = sandbox;
  const settings = { secretKey, publishableKey, webhookSecret: 'whsec_demo', apiBase: new URL(sandbox.url) };
  const stripe = stripeClient(settings);
  return {
    adapter: (change) => stripeGateway({ ...settings, ...change }),
    async storeMethod(context, behaviour) {
      const { setup } = await beginSetup(context);
      const mandate = { customer_acceptance: { type: 'offline', offline: {} } } as const;
      await stripe.setupIntents.confirm(setup.reference!, { payment_method: methods[behaviour], ...(behaviour === 'settles_later' && { mandate_data: mandate }) });
      await finishSetup(context, setup.id);
    },
    async meet(request, fault) {
      const match = request.kind === 'charge' ? { path: '^/v1/payment_intents$', body: request.paymentMethod } : { path: '^/v1/refunds$', body: request.charge };
      // The SDK sends a request again on a connection that was closed, even when it is to try once.
      sandbox.faults.add({ match: { method: 'POST', ...match }, fault: faults[fault], times: fault === 'cut_after' ? 2 : 1 });
    },
    mend() {
      const unmet = sandbox.faults.waiting().map(({ fault }) => fault);
      sandbox.faults.clear();
      return unmet;
    },
    async settle({ charges, refunds }) {
      for (const charge of charges) sandbox.payments.settle(charge, 'succeed');
      for (const refund of refunds) sandbox.refunds.settle(refund);
    },
    notify(url) {
      sandbox.webhooks.configure({ url, secret: settings.webhookSecret });
      sandbox.webhooks.set({ mode: 'hold' });
    },
    held: () => sandbox.webhooks.pending(),
    deliver: (eventIds) => sandbox.webhooks.deliver(eventIds),
    resend: (eventId) => sandbox.webhooks.resend(eventId),
    close: () => sandbox.close(),
  };
}

describeFaultMatrix('Stripe on its sandbox, whatever fails on the way', onSandbox);
