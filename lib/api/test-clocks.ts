import { z } from 'zod';
import { createTestClock, getTestClock } from '@/lib/billing/accounts/test-clocks/create-test-clock';
import { advanceInput, newTestClockInput, testClockDto } from '@/lib/billing/accounts/test-clocks/schema';
import { advanceTestClock } from '@/lib/billing/workflows/simulation/advance-test-clock';
import { idInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';

const group = 'Test clocks';
const permission = 'invoice:manage';
const path = '/api/v1/billing/test-clocks';
const params = z.strictObject({ id: idInput });

export const createTestClockContract = contract({
  id: 'createTestClock',
  method: 'POST',
  path,
  group,
  summary: 'Have an account live by a clock of its own',
  description:
    'To try a customer’s months in seconds. From then on the account’s now is where the clock stands, for quotas and usage too, and what falls due waits until the clock is moved there. There is no way back to real time. Not in production. For the seller alone.',
  permission,
  body: newTestClockInput,
  output: testClockDto,
  errors: ['conflict', 'test_clock_unavailable'],
  example: { name: 'A year of Demo' },
  handle: (context, { body }) => createTestClock(context, body),
});

export const getTestClockContract = contract({
  id: 'getTestClock',
  method: 'GET',
  path: `${path}/{id}`,
  group,
  summary: 'Read where a test clock stands',
  description: 'For the seller alone.',
  permission,
  params,
  output: testClockDto,
  errors: ['not_found'],
  handle: (context, { params: { id } }) => getTestClock(context, id),
});

export const advanceTestClockContract = contract({
  id: 'advanceTestClock',
  method: 'POST',
  path: `${path}/{id}/advance`,
  group,
  summary: 'Move a test clock forward',
  description:
    'Everything of its accounts that falls due on the way happens at its own moment and in order: reservations that expire, trials and periods that end, credit that runs out or is bought by itself, charges, and what is charged again. For the seller alone.',
  permission,
  // Each step commits on its own; to move to the same moment again is refused.
  idempotency: 'kept',
  params,
  body: advanceInput,
  output: z.object({
    clock: testClockDto,
    steps: z.array(
      z.object({
        at: z.date(),
        resumed: z.number().int().describe('Pauses that ended.'),
        periodsClosed: z.number().int().describe('Accounts whose period ended.'),
        paymentsRetried: z.number().int().describe('Invoices that were charged again.'),
        charged: z.number().int().describe('Charges whose outcome became known.'),
        reservationsExpired: z.number().int().describe('Counters whose reservations or leases ended.'),
        creditExpired: z.number().int().describe('Accounts whose prepaid credit ran out.'),
        creditBought: z.number().int().describe('Purchases of credit that began by themselves.'),
      }),
    ).describe('The moments at which something happened.'),
  }),
  errors: ['not_found', 'conflict', 'test_clock_unavailable'],
  example: { to: '2027-01-31T00:00:00Z' },
  handle: (context, { params: { id }, body }) => advanceTestClock(context, id, body.to),
});
