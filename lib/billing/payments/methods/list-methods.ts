import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { getAccount } from '../../accounts/get-account';
import type { PaymentMethod } from '../attempt';
import { charges, findGateway, paymentGateways, takes } from '../configured-gateway';
import type { CheckoutMode } from '../gateway/checkouts';
import { validityOf, type Validity } from './payment-method';
import { readMethods } from './store';

export interface ListedMethod extends PaymentMethod {
  validity: Validity;
  /** Whether it can be charged in the account's currency: its provider takes that, and is not switched off. */
  isChargeable: boolean;
}

/** By which gateway a payment can be made here, and what its part of the page works with. */
export interface PaymentOption {
  gateway: string;
  /** What people know it by. */
  title: string;
  /** Whether methods are stored in our own page. */
  inPage: boolean;
  /** What its own pages can be opened for. */
  checkout: CheckoutMode[];
  publicSettings: Readonly<Record<string, string>>;
}

/** What the account pays with, the default first, and by which gateways it can pay in its currency, the preferred first. */
export async function listPaymentMethods(context: Context): Promise<{ items: ListedMethod[]; options: PaymentOption[] }> {
  const now = context.clock.now();
  const { currency } = await getAccount(context);
  const items = (await readMethods(database(), context.accountId)).map((method) => ({ ...method, validity: validityOf(method, now), isChargeable: isChargeable(method, currency) }));
  const options = paymentGateways()
    .filter((gateway) => takes(gateway, currency))
    .map(({ name, title, capabilities, publicSettings }) => ({ gateway: name, title, inPage: capabilities.setupInPage, checkout: [...capabilities.checkout], publicSettings }));
  return { items, options };
}

export function isChargeable({ gateway: name }: Pick<PaymentMethod, 'gateway'>, currency: string): boolean {
  const gateway = findGateway(name);
  return gateway !== null && charges(gateway, currency);
}
