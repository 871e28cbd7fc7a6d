import { browserScripts } from '../browser/scripts';
import type { Resource } from '../resource';
import { checkoutPage } from './checkout-page';
import { checkoutSessions } from './checkout-sessions';
import { invoices } from './invoices';
import { prices } from './prices';
import { products } from './products';
import { subscriptions } from './subscriptions';

/** What is sold: the catalog, subscriptions and their invoices, checkout, and the scripts and pages of a browser. */
export const billing: readonly Resource[] = [products, prices, invoices, subscriptions, checkoutSessions, checkoutPage, browserScripts];
