import type { GatewayUse, PaymentGateway } from '@/lib/billing/payments/gateway/gateway';
import { paymentProviders, type PaymentProvider } from '@/lib/core/payment-providers';
import type { Settings } from '@/lib/core/settings';
import { paypalGateway } from './paypal/gateway';
import { stripeGateway } from './stripe/gateway';

type Keys = Partial<Pick<Settings, PaymentProvider>>;

const makers: Record<PaymentProvider, (keys: Keys) => PaymentGateway | null> = {
  stripe: ({ stripe }) => (stripe ? stripeGateway(stripe) : null),
  paypal: ({ paypal }) => (paypal ? paypalGateway(paypal) : null),
};

const switchedOff: GatewayUse = { currencies: [], charges: false };

/**
 * The gateways that there are keys for, the preferred one first. Those that the settings do not name are switched off and come
 * last: they charge nothing, and what they took is still followed, given back and compared.
 */
export function gatewaysFromSettings(settings: Keys & Partial<Pick<Settings, 'paymentProviders'>>): PaymentGateway[] {
  const chosen = settings.paymentProviders ?? paymentProviders.map((name) => ({ name, currencies: null }));
  const others = paymentProviders.filter((name) => !chosen.some((choice) => choice.name === name));
  const uses: [PaymentProvider, GatewayUse][] = [
    ...chosen.map(({ name, currencies }): [PaymentProvider, GatewayUse] => [name, { currencies, charges: true }]),
    ...others.map((name): [PaymentProvider, GatewayUse] => [name, switchedOff]),
  ];
  return uses.flatMap(([name, use]) => {
    const gateway = makers[name](settings);
    return gateway ? [{ ...gateway, use }] : [];
  });
}
