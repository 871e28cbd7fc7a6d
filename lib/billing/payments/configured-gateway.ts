import { DomainError } from '@/lib/core/errors';
import type { PaymentGateway } from './gateway';

// Kept on the process, since the bundler may load this module more than once.
const holder = globalThis as typeof globalThis & { portalPaymentGateways?: readonly PaymentGateway[] };

/** The gateways of this process, the preferred one first; none where invoices are paid in other ways alone. */
export function paymentGateways(): readonly PaymentGateway[] {
  return holder.portalPaymentGateways ?? [];
}

/** Sets the gateways of this process, at its start. Their order is their preference. */
export function setPaymentGateways(gateways: readonly PaymentGateway[]): void {
  holder.portalPaymentGateways = gateways;
}

/** The gateway at which something of ours lies; null when it is switched off. */
export function findGateway(name: string): PaymentGateway | null {
  return paymentGateways().find((gateway) => gateway.name === name) ?? null;
}

/** The same for those who cannot go on without it. Throws `payments_unavailable`. */
export function gatewayNamed(name: string): PaymentGateway {
  const gateway = findGateway(name);
  if (!gateway) throw new DomainError('payments_unavailable');
  return gateway;
}

/** The preferred gateway that takes the currency. Throws `payments_unavailable`. */
export function gatewayFor(currency: string): PaymentGateway {
  const gateway = paymentGateways().find(({ capabilities: { currencies } }) => currencies === null || currencies.includes(currency));
  if (!gateway) throw new DomainError('payments_unavailable');
  return gateway;
}
