import { browserScripts } from '../browser/scripts';
import type { Resource } from '../resource';
import { customers } from './customers';
import { events } from './events';
import { paymentMethods } from './payment-methods';
import { prices } from './prices';
import { products } from './products';

const core: readonly Resource[] = [customers, events, paymentMethods];
const billing: readonly Resource[] = [products, prices];

/** Every room of the API. A new one is a file beside and a line here. */
export const resources: readonly Resource[] = [...core, ...billing, browserScripts];
