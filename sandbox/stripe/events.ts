import type Stripe from 'stripe';
import { kind } from './resource';

/** The one version of Stripe's API that the sandbox speaks. */
export const apiVersion = '2026-10-28.endive' satisfies Stripe.LatestApiVersion;

export const event = kind<Stripe.Event>({ object: 'event', prefix: 'evt' });
export const webhookEndpoint = kind<Stripe.WebhookEndpoint>({ object: 'webhook_endpoint', prefix: 'we' });

const isHash = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What an object held before where it changed: fields within fields, lists as a whole. */
export function previousAttributes(before: object, after: object): Record<string, unknown> {
  const [was, is] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const previous: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
    if (same(was[name], is[name])) continue;
    const both = isHash(was[name]) && isHash(is[name]);
    previous[name] = both ? previousAttributes(was[name] as object, is[name] as object) : (was[name] ?? null);
  }
  return previous;
}
