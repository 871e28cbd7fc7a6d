import type { Resource } from '../resource';
import { customers } from './customers';
import { events } from './events';
import { paymentMethods } from './payment-methods';

/** Every room of the API. A new one is a file beside and a line here. */
export const resources: readonly Resource[] = [customers, events, paymentMethods];
