import type { Attention, Urgency } from '@/lib/billing/workflows/overview/attention';
import type { MoneyStanding, UseStanding } from '@/lib/billing/workflows/overview/read-overview';
import type { Plain } from '@/lib/http/plain';

/** What the page shows, as it reaches a component: whole numbers as decimal strings, moments as ISO instants. */
export type AttentionDto = Plain<Attention> & { urgency: Urgency };
export type MoneyDto = Plain<MoneyStanding>;
export type SpendingDto = NonNullable<MoneyDto['spending']>;
export type UseDto = Plain<UseStanding>;

/** What the person may do about what is told, by the roles table. */
export interface MayDo {
  /** Pay invoices and change payment methods. */
  pay: boolean;
  /** Change the plan. */
  changePlan: boolean;
}
