import type { PaymentGateway } from '@/lib/billing/payments/gateway';
import type { Settings } from '@/lib/core/settings';
import { stripeGateway } from './stripe/gateway';

/** The gateways that the settings name, the preferred one first; none where no keys are given. */
export function gatewaysFromSettings({ stripe }: Pick<Settings, 'stripe'>): PaymentGateway[] {
  return stripe ? [stripeGateway(stripe)] : [];
}
