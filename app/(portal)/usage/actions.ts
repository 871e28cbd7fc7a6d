'use server';

import { z } from 'zod';
import { markAlertsRead } from '@/lib/billing/alerts/list-alerts';
import { thresholdsFrom, thresholdsInput } from '@/lib/billing/alerts/schema';
import { setThresholds } from '@/lib/billing/alerts/thresholds';
import { spendCapInput } from '@/lib/billing/quota/adjustments/schema';
import { clearSpendCap, setSpendCap } from '@/lib/billing/quota/adjustments/spend-cap';
import { idInput } from '@/lib/core/input';
import { action } from '@/lib/http/action';

/** Marks one alert, or all of them, as read. */
export const markRead = action({
  permission: 'alert:write',
  input: z.strictObject({ id: idInput.optional() }),
  handle: (context, { id }) => markAlertsRead(context, id),
});

export const saveThresholds = action({
  permission: 'alert:write',
  input: thresholdsInput,
  handle: (context, input) => setThresholds(context, thresholdsFrom(input)),
});

export const saveSpendCap = action({
  permission: 'subscription:write',
  input: spendCapInput,
  handle: (context, { amountMinor }) => setSpendCap(context, amountMinor),
});

export const removeSpendCap = action({ permission: 'subscription:write', input: z.strictObject({}), handle: (context) => clearSpendCap(context) });
