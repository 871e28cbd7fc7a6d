import type { Resource } from '../resource';
import { billing } from './billing';
import { challenges } from './challenges';
import { charges } from './charges';
import { customers } from './customers';
import { disputes } from './disputes';
import { events } from './events';
import { files } from './files';
import { microdeposits } from './microdeposits';
import { paymentIntents } from './payment-intents';
import { paymentMethods } from './payment-methods';
import { refunds } from './refunds';
import { setupIntents } from './setup-intents';

/** Every room of the API. A new one is a file beside and a line here. */
export const resources: readonly Resource[] = [
  customers,
  paymentMethods,
  setupIntents,
  paymentIntents,
  challenges,
  microdeposits,
  charges,
  refunds,
  disputes,
  files,
  events,
  ...billing,
];
