import type { CostCentre } from '@/lib/billing/cost-centres/cost-centre';
import type { AssignableKey } from '@/lib/billing/cost-centres/list-cost-centres';
import type { CentreShowback, Showback } from '@/lib/billing/workflows/showback/showback';
import type { ActionResult } from '@/lib/http/action';
import type { Plain } from '@/lib/http/plain';

export type CostCentreDto = Plain<CostCentre>;
export type CentreShowbackDto = Plain<CentreShowback>;
export type ShowbackDto = Plain<Showback>;
export type AssignableKeyDto = Plain<AssignableKey>;

/** Server actions that change cost centres. */
export interface CentreActions {
  create: (input: { key: string; name: string; budgetMinor: string | null }) => Promise<ActionResult<CostCentreDto>>;
  change: (input: { id: string; name: string; budgetMinor: string | null }) => Promise<ActionResult<CostCentreDto>>;
  move: (input: { id: string; archived: boolean }) => Promise<ActionResult<unknown>>;
  assign: (input: { apiKey: string; costCentre: string | null }) => Promise<ActionResult<unknown>>;
}
