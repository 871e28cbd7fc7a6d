import type { z } from 'zod';
import type { itemChangePreviewDto } from '@/lib/billing/workflows/change-items/schema';
import type { ActionResult } from '@/lib/http/action';
import type { Plain } from '@/lib/http/plain';
import type { OutcomeDto, Rhythm } from '../types';

/** How a period of it is priced, with exact amounts of major units; `from`: tiers, of which this is the dearest. */
export type ExtraPriceDto = { kind: 'each' | 'from' | 'flat'; amount: string } | { kind: 'package'; amount: string; size: string };

/** Units such as seats or an add-on, as it is sold with the plan, in the reader's language. */
export interface ExtraDto {
  kind: 'units' | 'addon';
  key: string;
  name: string;
  /** Empty: nothing to say beside the name. */
  description: string;
  /** Written after a quantity; empty: nothing. */
  unit: string;
  price: ExtraPriceDto;
  /** Units that the price of the plan includes, of an add-on zero. */
  included: string;
  /** All told, with those included. */
  quantity: string;
  /** What it falls to at the period end; null: it stays. */
  pendingQuantity: string | null;
}

export type WantedItem = { feature: string; quantity: string } | { addon: string; quantity: string };

export type ItemPreviewDto = Plain<z.output<typeof itemChangePreviewDto>>;

export interface ExtraActions {
  preview: (wanted: WantedItem) => Promise<ActionResult<ItemPreviewDto>>;
  /** Does what a preview showed, by its quote. */
  confirm: (quoted: { quoteId: string }) => Promise<ActionResult<OutcomeDto>>;
}

/** What of the subscription the extras are sold beside. */
export interface ExtrasBase extends Rhythm {
  currency: string;
  /** The end of the current period. */
  periodEnd: string;
  inTrial: boolean;
  /** Whether a stored payment method is charged for what is added. */
  hasMethod: boolean;
}

/** The extra in another quantity, as the server is asked for it. */
export function wantedItem({ kind, key }: ExtraDto, quantity: string): WantedItem {
  return kind === 'units' ? { feature: key, quantity } : { addon: key, quantity };
}
