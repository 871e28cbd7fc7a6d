import { z } from 'zod';
import { assignKey } from '@/lib/billing/cost-centres/assign-key';
import { archiveCostCentre, changeCostCentre, restoreCostCentre } from '@/lib/billing/cost-centres/change-cost-centre';
import { createCostCentre } from '@/lib/billing/cost-centres/create-cost-centre';
import { getCostCentre, listCostCentres } from '@/lib/billing/cost-centres/list-cost-centres';
import { costCentreChangeInput, costCentreDto, keyAssignmentInput, monthInput, newCostCentreInput, showbackDto } from '@/lib/billing/cost-centres/schema';
import { readShowback } from '@/lib/billing/workflows/showback/read-showback';
import type { CentreShowback, Showback } from '@/lib/billing/workflows/showback/showback';
import { idInput } from '@/lib/core/input';
import { toCsv, type CsvCell } from '@/lib/documents/csv';
import { contract, FileAnswer } from '@/lib/http/contract';

const group = 'Cost centres';
const path = '/api/v1/billing/cost-centres';
const params = z.strictObject({ id: idInput });

export const listCostCentresContract = contract({
  id: 'listCostCentres',
  method: 'GET',
  path,
  group,
  summary: 'List cost centres by name',
  description: 'Archived ones too.',
  permission: 'usage:read',
  output: z.object({ items: z.array(costCentreDto) }),
  errors: [],
  handle: async (context) => ({ items: await listCostCentres(context) }),
});

export const createCostCentreContract = contract({
  id: 'createCostCentre',
  method: 'POST',
  path,
  group,
  summary: 'Create a cost centre',
  description: 'Usage lands in it that names its `key` as `costCentre`, also what did before, and usage told with an API key that is assigned to it.',
  permission: 'cost_centre:write',
  body: newCostCentreInput,
  output: costCentreDto,
  errors: ['cost_centre_key_taken', 'conflict'],
  example: { key: 'research', name: 'Research', budgetMinor: 50_000 },
  handle: (context, { body }) => createCostCentre(context, body),
});

export const getCostCentreContract = contract({
  id: 'getCostCentre',
  method: 'GET',
  path: `${path}/{id}`,
  group,
  summary: 'Read a cost centre',
  permission: 'usage:read',
  params,
  output: costCentreDto,
  errors: ['not_found'],
  handle: (context, { params: { id } }) => getCostCentre(context, id),
});

export const changeCostCentreContract = contract({
  id: 'changeCostCentre',
  method: 'PATCH',
  path: `${path}/{id}`,
  group,
  summary: 'Rename a cost centre, or change its budget',
  description: 'Changes what the body names. When the usage of a calendar month reaches 50, 80 and 100 % of the budget, an alert is raised; nothing is refused.',
  permission: 'cost_centre:write',
  params,
  body: costCentreChangeInput,
  output: costCentreDto,
  errors: ['not_found'],
  example: { budgetMinor: 80_000 },
  handle: (context, { params: { id }, body }) => changeCostCentre(context, id, body),
});

export const archiveCostCentreContract = contract({
  id: 'archiveCostCentre',
  method: 'POST',
  path: `${path}/{id}/archive`,
  group,
  summary: 'Take a cost centre out of use',
  description: 'It alerts no more, and usage told with its API keys lands nowhere until they are assigned again. Its past stays.',
  permission: 'cost_centre:write',
  params,
  output: costCentreDto,
  errors: ['not_found'],
  handle: (context, { params: { id } }) => archiveCostCentre(context, id),
});

export const restoreCostCentreContract = contract({
  id: 'restoreCostCentre',
  method: 'POST',
  path: `${path}/{id}/restore`,
  group,
  summary: 'Take an archived cost centre into use again',
  permission: 'cost_centre:write',
  params,
  output: costCentreDto,
  errors: ['not_found'],
  handle: (context, { params: { id } }) => restoreCostCentre(context, id),
});

export const assignKeyContract = contract({
  id: 'assignApiKeyToCostCentre',
  method: 'PUT',
  path: '/api/v1/billing/api-keys/{id}/cost-centre',
  group,
  summary: 'Choose where usage told with an API key lands',
  description: 'From now on, for usage that names no `costCentre` itself. A lease that expires unsettled lands in that of the key that took it.',
  permission: 'cost_centre:write',
  params,
  body: keyAssignmentInput,
  output: z.object({}),
  errors: ['not_found', 'cost_centre_archived'],
  example: { costCentre: null },
  handle: async (context, { params: { id }, body }) => {
    await assignKey(context, id, body.costCentre);
    return {};
  },
});

const query = z.strictObject({ month: monthInput.optional() });

export const readShowbackContract = contract({
  id: 'readShowback',
  method: 'GET',
  path: '/api/v1/billing/showback',
  group,
  summary: 'Read what each cost centre used and cost in a month',
  description:
    'Tokens that usage told of a model cost what the model costs that day; every other unit costs what a further unit costs with the plan, within its limit too. The bill is split by these costs. Levels such as seats are not used up and take no part.',
  permission: 'usage:read',
  query,
  output: showbackDto,
  errors: [],
  handle: (context, { query: { month } }) => readShowback(context, month),
});

export const exportShowbackContract = contract({
  id: 'exportShowback',
  method: 'GET',
  path: '/api/v1/billing/showback.csv',
  group,
  summary: 'Download what each cost centre used and cost in a month, as CSV',
  description: 'A line for each cost centre and feature; amounts of the bill in minor units.',
  permission: 'usage:read',
  query,
  output: 'file',
  errors: [],
  handle: async (context, { query: { month } }) => {
    const showback = await readShowback(context, month);
    return new FileAnswer('text/csv; charset=utf-8', `cost-centres-${showback.month}.csv`, toCsv(rowsOf(showback)));
  },
});

const head = ['month', 'cost_centre', 'name', 'feature', 'units', 'events', 'cost', 'currency', 'units_without_price', 'bill_minor'];

function rowsOf({ month, currency, items, unassigned }: Showback): CsvCell[][] {
  const linesOf = ({ centre, key, usage, billMinor }: CentreShowback): CsvCell[][] => {
    const start: CsvCell[] = [month, key, centre?.name ?? null];
    const lines = usage.map((one): CsvCell[] => [...start, one.feature, one.quantity, one.events, one.cost, currency, one.unpricedQuantity, one.billMinor]);
    // A bill that no usage can be asked for stands in a line of its own.
    const rest = billMinor - usage.reduce((sum, one) => sum + one.billMinor, 0n);
    return rest === 0n ? lines : [...lines, [...start, null, null, null, null, currency, null, rest]];
  };
  return [head, ...[...items, unassigned].flatMap(linesOf)];
}
