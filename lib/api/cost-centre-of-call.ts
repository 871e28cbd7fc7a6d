import type { UsageDimensions } from '@/lib/billing/quota/engine/meter-item';
import type { Context } from '@/lib/core/context';

/** The usage with the cost centre that it lands in: what it names itself, else that of the API key it was told with. */
export function withCostCentre<Told extends UsageDimensions>({ caller }: Context, told: Told): Told {
  return told.costCentre !== undefined || caller?.costCentre === undefined ? told : { ...told, costCentre: caller.costCentre };
}
