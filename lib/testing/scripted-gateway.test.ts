import { describeGateway, type Behaviour, type GatewayBench } from './gateway-contract';
import { ScriptedGateway, type Script } from './scripted-gateway';

const scripts: Record<Behaviour, Script> = { pays: 'succeeded', declines: 'declined', asks: 'requires_action', settles: 'processing' };

function scriptedBench(): GatewayBench {
  const gateway = new ScriptedGateway();
  let stored = 0;
  const end = async (reference: string, passes: boolean, code: 'authentication_failed' | 'insufficient_funds') => {
    const { attemptId } = await gateway.readCharge(reference);
    gateway.finish(attemptId!, passes ? { outcome: 'succeeded', reference } : { outcome: 'failed', reference, code, retryable: true });
  };
  return {
    gateway,
    async storeMethod(customer, behaviour) {
      const setupId = `stored_${(stored += 1)}`;
      await gateway.beginSetup({ idempotencyKey: setupId, customer, setupId, accountId: 'acc_demo' });
      const reference = gateway.finishSetup(setupId, { customer });
      gateway.script(reference, scripts[behaviour]);
      return reference;
    },
    async collected(customer) {
      return [...gateway.charges.values()]
        .filter(({ charge, result }) => result.outcome === 'succeeded' && gateway.methods.get(charge.paymentMethod)?.customer === customer)
        .reduce((sum, { charge }) => sum + charge.amountMinor, 0n);
    },
    confirm: ({ reference }, passes) => end(reference, passes, 'authentication_failed'),
    settle: (reference, passes) => end(reference, passes, 'insufficient_funds'),
    tryCheckout: async ({ checkoutId }, behaviour) => gateway.finishCheckout(checkoutId!, scripts[behaviour]),
    close: () => Promise.resolve(),
  };
}

describeGateway('the gateway in memory', scriptedBench());
