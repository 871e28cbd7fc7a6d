import type { PaymentGateway } from '@/lib/billing/payments/gateway';
import { paymentProviders, type PaymentProvider } from '@/lib/core/payment-providers';
import type { Settings } from '@/lib/core/settings';
import { paypalGateway } from './paypal/gateway';
import { stripeGateway } from './stripe/gateway';

type Keys = Partial<Pick<Settings, PaymentProvider>>;

const makers: Record<PaymentProvider, (keys: Keys) => PaymentGateway | null> = {
  stripe: ({ stripe }) => (stripe ? stripeGateway(stripe) : null),
  paypal: ({ paypal }) => (paypal ? paypalGateway(paypal) : null),
};

/** The gateways that the settings switch on and have keys for, the preferred one first. */
export function gatewaysFromSettings(settings: Keys & Partial<Pick<Settings, 'paymentProviders'>>): PaymentGateway[] {
  const chosen = settings.paymentProviders ?? paymentProviders.map((name) => ({ name, currencies: null }));
  return chosen.flatMap(({ name, currencies }) => {
    const gateway = makers[name](settings);
    return gateway ? [takingOnly(gateway, currencies)] : [];
  });
}

/** The same gateway, which is preferred for these currencies alone; what lies there goes on in any. */
function takingOnly(gateway: PaymentGateway, wanted: readonly string[] | null): PaymentGateway {
  if (!wanted) return gateway;
  const { currencies } = gateway.capabilities;
  return { ...gateway, capabilities: { ...gateway.capabilities, currencies: currencies ? wanted.filter((currency) => currencies.includes(currency)) : wanted } };
}
