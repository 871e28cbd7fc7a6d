import { DomainError } from '@/lib/core/errors';
import type { GatewayCapabilities, PaymentGateway } from './gateway/gateway';

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

/** The gateway at which something of ours lies; null when its keys are gone. */
export function findGateway(name: string): PaymentGateway | null {
  return paymentGateways().find((gateway) => gateway.name === name) ?? null;
}

/** The same for those who cannot go on without it. Throws `payments_unavailable`. */
export function gatewayNamed(name: string): PaymentGateway {
  const gateway = findGateway(name);
  if (!gateway) throw new DomainError('payments_unavailable');
  return gateway;
}

/** A gateway's name as people write it; also of one whose keys are gone. */
export function gatewayTitle(name: string): string {
  return findGateway(name)?.title ?? name;
}

/** Whether new methods, and payments on its pages, in the currency go to the gateway: it can, and the operator wants it. */
export function takes(gateway: PaymentGateway, currency: string): boolean {
  const wanted = gateway.use?.currencies ?? null;
  return charges(gateway, currency) && (wanted === null || wanted.includes(currency));
}

/** Whether a method that is stored at the gateway can be charged in the currency. */
export function charges({ capabilities: { currencies }, use }: PaymentGateway, currency: string): boolean {
  return (use?.charges ?? true) && (currencies === null || currencies.includes(currency));
}

/** The same while the customer is away. */
export function chargesByItself(name: string, currency: string): boolean {
  const gateway = findGateway(name);
  return gateway !== null && gateway.capabilities.offSession && charges(gateway, currency);
}

/** The gateway at which a method lies that is to be charged in the currency. Throws `payments_unavailable`. */
export function gatewayCharging(name: string, currency: string): PaymentGateway {
  const gateway = gatewayNamed(name);
  if (!charges(gateway, currency)) throw new DomainError('payments_unavailable');
  return gateway;
}

/**
 * The preferred gateway that takes the currency and can do what is asked for; the one of that name where one is chosen.
 * Throws `payments_unavailable`.
 */
export function gatewayFor(currency: string, can: (capabilities: GatewayCapabilities) => boolean = () => true, chosen?: string): PaymentGateway {
  const gateway = paymentGateways().find((one) => takes(one, currency) && can(one.capabilities) && (chosen === undefined || one.name === chosen));
  if (!gateway) throw new DomainError('payments_unavailable');
  return gateway;
}
