import { z } from 'zod';
import { instantInput, quantityInput } from '@/lib/core/input';
import { plainList, plainMoment, plainObject, readPlainFirst } from '@/lib/core/plain-input';
import { dimensionsInput, eventKeyInput, featureKeyInput, plainUsage } from '@/lib/billing/quota/schema';
import { jsonSchemaOf } from './json-schema';

/** Largest number of events in one call. */
export const largestBatch = 1_000;

const usageEventInput = z.strictObject({
  feature: featureKeyInput,
  quantity: quantityInput.optional().describe('Units; 1 unless said.'),
  occurredAt: instantInput.optional().describe('When it happened; now unless said.'),
  idempotencyKey: eventKeyInput.optional().describe('Sent again with the same key it counts once. Needed unless the Idempotency-Key header is sent.'),
  ...dimensionsInput,
});

const batchInput = z.strictObject({
  events: z.array(usageEventInput).min(1).max(largestBatch, `Send at most ${largestBatch} events in one call.`),
});

export type UsageEventInput = z.output<typeof usageEventInput>;

const shapes = { anyOf: [jsonSchemaOf(usageEventInput, 'input'), jsonSchemaOf(batchInput, 'input')] };

const readEvent = plainObject<UsageEventInput>({ ...plainUsage, occurredAt: plainMoment }, ['feature']);
const readEvents = plainList('events', readEvent, largestBatch);

/**
 * One event, or `{ events }` with up to 1 000. Which of the two is meant is told by `events`, so that what is wrong is
 * said of the shape that was meant.
 */
const schema = z.looseObject({}).meta(shapes).transform((body, issues): UsageEventInput[] => {
  const isBatch = 'events' in body;
  const result = isBatch ? batchInput.safeParse(body) : usageEventInput.safeParse(body);
  if (result.success) return 'events' in result.data ? result.data.events : [result.data];
  for (const issue of result.error.issues) {
    const { message, path } = issue;
    issues.addIssue(issue.code === 'unrecognized_keys' ? { code: issue.code, keys: issue.keys, path, input: body } : { code: 'custom', message, path });
  }
  return z.NEVER;
});

export const usageInput = readPlainFirst(schema, {
  accepts: (body) => readEvents.accepts(body) || readEvent.accepts(body),
  become: (body) => ('events' in (body as object) ? readEvents.become(body) : [readEvent.become(body)]),
});
