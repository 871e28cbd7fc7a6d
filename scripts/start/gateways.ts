import { setPaymentGateways } from '@/lib/billing/payments/configured-gateway';
import { settings } from '@/lib/core/settings';
import { gatewaysFromSettings } from '@/lib/providers';

/** Gives this process the payment gateways that its environment names. */
export function connectGateways(): void {
  setPaymentGateways(gatewaysFromSettings(settings()));
}
