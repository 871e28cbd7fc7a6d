'use server';

import { z } from 'zod';
import { assignKey } from '@/lib/billing/cost-centres/assign-key';
import { archiveCostCentre, changeCostCentre, restoreCostCentre } from '@/lib/billing/cost-centres/change-cost-centre';
import { createCostCentre } from '@/lib/billing/cost-centres/create-cost-centre';
import { costCentreChangeInput, newCostCentreInput } from '@/lib/billing/cost-centres/schema';
import { idInput } from '@/lib/core/input';
import { action } from '@/lib/http/action';

const permission = 'cost_centre:write';

export const createCentre = action({ permission, input: newCostCentreInput, handle: createCostCentre });

export const changeCentre = action({
  permission,
  input: costCentreChangeInput.extend({ id: idInput }),
  handle: (context, { id, ...change }) => changeCostCentre(context, id, change),
});

/** Archives a cost centre, or restores it. */
export const moveCentre = action({
  permission,
  input: z.strictObject({ id: idInput, archived: z.boolean() }),
  handle: (context, { id, archived }) => (archived ? archiveCostCentre(context, id) : restoreCostCentre(context, id)),
});

export const assignApiKey = action({
  permission,
  input: z.strictObject({ apiKey: idInput, costCentre: idInput.nullable() }),
  handle: (context, { apiKey, costCentre }) => assignKey(context, apiKey, costCentre),
});
