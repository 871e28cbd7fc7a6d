import type { Resource } from '../resource';
import { approvalPage } from './approval-page';
import { disputes } from './disputes';
import { orders } from './orders';
import { payments } from './payments';
import { plans } from './plans';
import { reporting } from './reporting';
import { subscriptions } from './subscriptions';
import { vault } from './vault';
import { webhooks } from './webhooks';

/** Every room of the API. A new one is a file beside and a line here. */
export const resources: readonly Resource[] = [approvalPage, orders, payments, vault, plans, subscriptions, disputes, reporting, webhooks];
