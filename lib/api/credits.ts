import { z } from 'zod';
import { getAccount } from '@/lib/billing/accounts/get-account';
import { giveCredit } from '@/lib/billing/credits/give-credit';
import { getCredit, listGrants, listMovements } from '@/lib/billing/credits/list-credit';
import { revokeGrant } from '@/lib/billing/credits/revoke-grant';
import { creditDto, currencyInput, givenCreditInput, grantDto, grantView, movementDto, welcomePolicyDto, welcomePolicyInput } from '@/lib/billing/credits/schema';
import { topUpLimits } from '@/lib/billing/credits/top-ups/limits';
import { getWelcomePolicy, setWelcomePolicy } from '@/lib/billing/credits/welcome/welcome-credit';
import { idInput, lineInput, pageInput, pageOf } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';

const group = 'Credit';
const welcomePath = '/api/v1/billing/seller/welcome-credit';

export const readCreditContract = contract({
  id: 'readCredit',
  method: 'GET',
  path: '/api/v1/billing/credits',
  aliases: ['/api/billing/credits'],
  group,
  summary: 'Read the prepaid credit of the account',
  description: 'What can be spent now, in the order in which it is. Credit pays invoices when they are issued, after tax.',
  permission: 'invoice:read',
  output: creditDto,
  errors: [],
  handle: async (context) => {
    const now = context.clock.now();
    const balances = (await getCredit(context)).map((balance) => ({ ...balance, grants: balance.grants.map((grant) => grantView(grant, now)) }));
    const { currency } = await getAccount(context);
    return { balances, topUp: { currency, ...topUpLimits(currency) } };
  },
});

export const listGrantsContract = contract({
  id: 'listCreditGrants',
  method: 'GET',
  path: '/api/v1/billing/credits/grants',
  group,
  summary: 'List what credit the account was given and bought',
  description: 'Newest first.',
  permission: 'invoice:read',
  query: z.strictObject({ left: z.enum(['any', 'some']).default('any').describe('`some`: those of which something is left.'), ...pageInput }),
  output: pageOf(grantDto),
  errors: [],
  handle: async (context, { query: { left, ...page } }) => {
    const now = context.clock.now();
    const list = await listGrants(context, { onlyLeft: left === 'some', ...page });
    return { ...list, items: list.items.map((grant) => grantView(grant, now)) };
  },
});

export const listMovementsContract = contract({
  id: 'listCreditMovements',
  method: 'GET',
  path: '/api/v1/billing/credits/statement',
  group,
  summary: 'List what changed the credit of the account',
  description: 'Newest first, in one currency, each with what was left after it and the invoice that it paid.',
  permission: 'invoice:read',
  query: z.strictObject({ currency: currencyInput.optional().describe("The account's own unless said."), ...pageInput }),
  output: pageOf(movementDto).extend({ currency: z.string() }),
  errors: [],
  handle: (context, { query }) => listMovements(context, query),
});

export const giveCreditContract = contract({
  id: 'giveCredit',
  method: 'POST',
  path: '/api/v1/billing/credits/grants',
  group,
  summary: 'Give the account credit',
  description: 'For the seller alone.',
  permission: 'invoice:manage',
  body: givenCreditInput,
  output: grantDto,
  errors: [],
  idempotency: 'stored',
  example: { amountMinor: 2500, note: 'Sorry for the outage of 3 November' },
  handle: (context, { body }) => giveCredit(context, body),
});

export const revokeGrantContract = contract({
  id: 'revokeCreditGrant',
  method: 'POST',
  path: '/api/v1/billing/credits/grants/{id}/revoke',
  group,
  summary: 'Take back what is left of credit that was given away',
  description: 'For the seller alone. What a customer paid for is given back by a credit note on its receipt.',
  permission: 'invoice:manage',
  params: z.strictObject({ id: idInput }),
  body: z.strictObject({ reason: lineInput }),
  output: grantDto,
  errors: ['not_found', 'credit_not_revocable'],
  idempotency: 'stored',
  example: { reason: 'Given by mistake' },
  handle: (context, { params, body }) => revokeGrant(context, params.id, body.reason),
});

export const getWelcomePolicyContract = contract({
  id: 'getWelcomeCredit',
  method: 'GET',
  path: welcomePath,
  group,
  summary: 'Read how much credit customers get with their first payment method',
  description: 'For the seller alone.',
  permission: 'invoice:manage',
  output: welcomePolicyDto,
  errors: [],
  handle: async (context) => ({ amounts: await getWelcomePolicy(context) }),
});

export const setWelcomePolicyContract = contract({
  id: 'setWelcomeCredit',
  method: 'PUT',
  path: welcomePath,
  group,
  summary: 'Set how much credit customers get with their first payment method',
  description: 'Once an account and once a card, to be spent within twelve months. For every customer of the seller. For the seller alone.',
  permission: 'invoice:manage',
  body: welcomePolicyInput,
  output: welcomePolicyDto,
  errors: [],
  example: { amounts: { USD: 5_000 } },
  handle: async (context, { body }) => ({ amounts: await setWelcomePolicy(context, body.amounts) }),
});
