'use server';

import { z } from 'zod';
import { spendCapInput } from '@/lib/billing/quota/adjustments/schema';
import { clearSpendCap, setSpendCap } from '@/lib/billing/quota/adjustments/spend-cap';
import { action } from '@/lib/http/action';

export const saveSpendCap = action({
  permission: 'subscription:write',
  input: spendCapInput,
  handle: (context, { amountMinor }) => setSpendCap(context, amountMinor),
});

export const removeSpendCap = action({ permission: 'subscription:write', input: z.strictObject({}), handle: (context) => clearSpendCap(context) });
