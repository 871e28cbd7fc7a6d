import { browserScripts } from '../browser/scripts';
import type { Resource } from '../resource';
import { checkoutPage } from './checkout-page';
import { checkoutSessions } from './checkout-sessions';
import { customers } from './customers';
import { events } from './events';
import { invoices } from './invoices';
import { paymentMethods } from './payment-methods';
import { prices } from './prices';
import { products } from './products';
import { subscriptions } from './subscriptions';

const core: readonly Resource[] = [customers, events, paymentMethods];
const billing: readonly Resource[] = [products, prices, invoices, subscriptions, checkoutSessions, checkoutPage];

/** Every room of the API. A new one is a file beside and a line here. */
export const resources: readonly Resource[] = [...core, ...billing, browserScripts];
