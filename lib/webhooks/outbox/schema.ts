import { z } from 'zod';
import { deliveryStatuses, subscribableEvents, webhookEvents } from './webhook';

const url = z.string().trim().max(2_000).regex(/^[^\s\p{Cc}\p{Cs}]*$/u, 'Give an address without spaces.').describe('An https address of yours; in development also this machine.');
const description = z.string().trim().max(200).regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Use no control characters.');
const events = z
  .array(z.enum(subscribableEvents))
  .min(1, 'Choose at least one event.')
  .max(subscribableEvents.length)
  .describe('What it is told about.');

export const newEndpointInput = z.strictObject({
  url,
  description: description.default(''),
  events: events.default(subscribableEvents),
  enabled: z.boolean().default(true),
});

export const endpointChangeInput = z
  .strictObject({ url: url.optional(), description: description.optional(), events: events.optional(), enabled: z.boolean().optional() })
  .refine((change) => Object.keys(change).length > 0, 'Name something to change.');

export const endpointDto = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  events: z.array(z.enum(webhookEvents)),
  enabled: z.boolean(),
  createdAt: z.date(),
  updatedAt: z.date(),
});

export const deliveryDto = z.object({
  id: z.string(),
  endpointId: z.string(),
  eventId: z.string().describe('Sent as `webhook-id`: the same at every attempt.'),
  event: z.enum(webhookEvents),
  status: z.enum(deliveryStatuses),
  attempts: z.number().int(),
  nextAttemptAt: z.date().nullable().describe('Null when no further attempt will be made.'),
  lastAttemptAt: z.date().nullable(),
  responseStatus: z.number().int().nullable().describe('HTTP status of the newest answer.'),
  failure: z.string().nullable().describe('Why the newest attempt failed.'),
  createdAt: z.date(),
  deliveredAt: z.date().nullable(),
});
