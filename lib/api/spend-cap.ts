import { clearSpendCap, readSpend, setSpendCap } from '@/lib/billing/quota/adjustments/spend-cap';
import { spendCapInput, spendDto } from '@/lib/billing/quota/adjustments/schema';
import { contract } from '@/lib/http/contract';

const group = 'Quota';
const path = '/api/v1/billing/spend-cap';

export const readSpendCapContract = contract({
  id: 'readSpendCap',
  method: 'GET',
  path,
  group,
  summary: 'Read what usage past the limits costs, against the spend cap',
  permission: 'subscription:read',
  output: spendDto,
  errors: [],
  handle: (context) => readSpend(context),
});

export const setSpendCapContract = contract({
  id: 'setSpendCap',
  method: 'PUT',
  path,
  group,
  summary: 'Cap what usage past the limits may cost in a quota period',
  description: 'What would pass the cap is refused with `spend_cap_reached`, whoever asks and however many ask at once; open reservations count in full. Usage within the limits of the plan goes on.',
  permission: 'subscription:write',
  body: spendCapInput,
  output: spendDto,
  errors: [],
  example: { amountMinor: 5_000 },
  handle: (context, { body }) => setSpendCap(context, body.amountMinor),
});

export const clearSpendCapContract = contract({
  id: 'clearSpendCap',
  method: 'DELETE',
  path,
  group,
  summary: 'Remove the spend cap',
  permission: 'subscription:write',
  output: spendDto,
  errors: ['not_found'],
  handle: (context) => clearSpendCap(context),
});
