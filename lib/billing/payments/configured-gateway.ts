import type { PaymentGateway } from './gateway';

// Kept on the process, since the bundler may load this module more than once.
const holder = globalThis as typeof globalThis & { portalPaymentGateway?: PaymentGateway };

/** The gateway that collects payments; null where there is none and invoices are paid in other ways. */
export function paymentGateway(): PaymentGateway | null {
  return holder.portalPaymentGateway ?? null;
}

/** Sets the gateway of this process, at its start; null for none. */
export function setPaymentGateway(gateway: PaymentGateway | null): void {
  if (gateway) holder.portalPaymentGateway = gateway;
  else delete holder.portalPaymentGateway;
}
