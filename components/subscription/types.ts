import type { z } from 'zod';
import type { QuotaReset, RateWindow } from '@/lib/billing/catalog/catalog';
import type { CancellationCause } from '@/lib/billing/subscriptions/subscription';
import type { cancellationPreviewDto } from '@/lib/billing/workflows/cancel-now/schema';
import type { LimitChange } from '@/lib/billing/workflows/change-plan/limits';
import type { resumptionPreviewDto } from '@/lib/billing/workflows/pause/schema';
import type { couponPreviewDto } from '@/lib/billing/workflows/change-items/schema';
import type { changePreviewDto, outcomeDto } from '@/lib/billing/workflows/change-plan/schema';
import type { ActionResult } from '@/lib/http/action';
import type { Plain } from '@/lib/http/plain';
import type { MoneyDto, PeriodDto } from '@/lib/i18n/format';
import type { PayFormProps } from '../payments/pay-form';
import type { GatewayView, MethodActions, MethodView, PaymentView } from '../payments/types';

export type { CancellationCause };
export type IntervalName = 'day' | 'week' | 'month' | 'year';
export type StatusName = 'trialing' | 'active' | 'past_due' | 'paused' | 'canceled' | 'expired';

export interface Rhythm {
  interval: IntervalName;
  intervalCount: number;
}

/** How a price stands to what the account has now; `new`: it has nothing yet; `trial`: it has it on trial. */
export type Standing = 'current' | 'trial' | 'scheduled' | 'upgrade' | 'downgrade' | 'switch' | 'new';

export interface OfferDto extends Rhythm {
  price: MoneyDto;
  standing: Standing;
  /** Share saved against twelve months at the monthly price, such as 0.16; null when nothing is saved. */
  saving: number | null;
  /** Whether a coupon may be redeemed with it: it is paid, and nothing was before. */
  takesCoupon: boolean;
  /** By which providers the customer may have it renewed, and what each period then costs with tax; null: we renew it. */
  renewal: { price: MoneyDto; providers: { name: string; label: string }[] } | null;
}

export interface GrantDto {
  limit: string | null;
  enabled: boolean;
  allowed: string[];
  /** Exact price of one unit past the limit, where it is charged. */
  overage: string | null;
  /** True where tiers or packages price it: then it is the most that a unit costs. */
  overageVaries: boolean;
  /** When a metered limit begins anew. */
  reset: QuotaReset;
  /** Unused units that carry over to the next limit, at most; null: none. */
  rolloverCap: string | null;
  rates: RateDto[];
}

/** No more than so many units within any stretch of that length. */
export interface RateDto {
  window: RateWindow;
  quantity: string;
}

export interface FeatureRowDto {
  key: string;
  kind: 'metered' | 'rate' | 'level' | 'boolean' | 'list';
  name: string;
  /** Written under the name, such as `per month`. */
  note: string | null;
  /** Written after each quantity, where the name does not tell it. */
  unit: string | null;
}

/** A plan as the comparison shows it, in the reader's language. */
export interface PlanColumnDto {
  key: string;
  name: string;
  description: string;
  offers: OfferDto[];
  grants: Partial<Record<string, GrantDto>>;
}

/** Something held beside the plan. `pendingQuantity`: what it falls to at the period end; null: it stays. */
export interface HeldItemDto {
  key: string;
  name: string;
  quantity: string;
  pendingQuantity: string | null;
}

/** A coupon that counts. `left`: periods to come that it will count for; null: all. */
export interface HeldCouponDto {
  name: string;
  code: string;
  off: { share: number } | { amount: MoneyDto };
  left: number | null;
}

/** The running subscription as the page shows it. */
export interface CurrentDto extends Rhythm {
  plan: string;
  status: StatusName;
  price: MoneyDto;
  /** What the next period costs in advance, with all that is held beside the plan. */
  next: MoneyDto;
  /** Seats and other units, and add-ons. */
  items: HeldItemDto[];
  coupon: HeldCouponDto | null;
  period: PeriodDto;
  startedAt: string;
  /** Whether periods begin on the first day of a month. */
  byCalendar: boolean;
  /** True when the plan on sale has a newer version. */
  earlierVersion: boolean;
  /** Null unless paused. */
  pause: { rest: 'kept' | 'forfeited'; until: string | null } | null;
  /** The payment provider that renews and bills it, by name; null: we do. */
  managedBy: string | null;
  scheduled: { kind: 'cancellation' } | { kind: 'change'; plan: string; price: MoneyDto } | null;
}

export interface PastSubscriptionDto extends Rhythm {
  id: string;
  plan: string;
  status: StatusName;
  price: MoneyDto;
  period: PeriodDto;
}

export type PreviewDto = Plain<z.output<typeof changePreviewDto>>;
export type LimitChangeDto = Plain<LimitChange>;

export type CouponPreviewDto = Plain<z.output<typeof couponPreviewDto>>;

export interface WantedPlan extends Rhythm {
  plan: string;
}

/** A server action that takes nothing. */
export type PlainAction = (input: Record<string, never>) => Promise<ActionResult<unknown>>;

export type CancellationPreviewDto = Plain<z.output<typeof cancellationPreviewDto>>;

/** Why people cancel, in the order in which they are asked; the server takes the same. */
export const cancellationCauses = ['too_expensive', 'missing_features', 'other_product', 'too_little_use', 'too_complex', 'poor_service', 'project_ended', 'other'] as const satisfies readonly CancellationCause[];

interface Reasons {
  cause?: CancellationCause;
  reason?: string;
}

/** The ways to cancel: with the period, or at once by the quote of a preview; null where it cannot be ended at once. */
export interface CancelActions {
  atPeriodEnd: (input: Reasons) => Promise<ActionResult<unknown>>;
  previewNow: ((input: Reasons & { credit: boolean }) => Promise<ActionResult<CancellationPreviewDto>>) | null;
  confirm: (quoted: { quoteId: string }) => Promise<ActionResult<unknown>>;
}

export type ResumptionPreviewDto = Plain<z.output<typeof resumptionPreviewDto>>;

/** What the end of a pause is shown and done by. */
export interface ResumeActions {
  preview: (input: Record<string, never>) => Promise<ActionResult<ResumptionPreviewDto>>;
  confirm: (input: { quoteId: string }) => Promise<ActionResult<unknown>>;
}

export type PauseAction = (input: { unusedRest: 'kept' | 'forfeited'; resumesOn?: string }) => Promise<ActionResult<unknown>>;

/** What the page can do; each answers and never throws for a refusal. */
export interface SubscriptionActions {
  preview: (wanted: WantedPlan & { coupon?: string }) => Promise<ActionResult<PreviewDto>>;
  /** Does what a preview showed, by its quote. */
  confirm: (quoted: { quoteId: string }) => Promise<ActionResult<OutcomeDto>>;
  /** How what has to be paid first is paid; null where the house has no payment provider. */
  paying: Paying | null;
  /** Opens a provider's page on which to subscribe to what it then renews. */
  openRenewal: (wanted: WantedPlan & { gateway: string }) => Promise<ActionResult<{ url: string | null; checkoutId: string }>>;
}

/** What a coupon is taken off by. */
export interface RemovalActions {
  preview: (input: Record<string, never>) => Promise<ActionResult<CouponPreviewDto>>;
  /** Does what a preview showed, by its quote. */
  confirm: (quoted: { quoteId: string }) => Promise<ActionResult<unknown>>;
}

/** How an invoice is paid on this page. */
export type Paying = Pick<PayFormProps, 'gateway' | 'methods' | 'actions'>;

/** A change of plan that happens when its invoice is paid. */
export interface AwaitedDto {
  quoteId: string;
  /** In the reader's language. */
  plan: string;
  /** Whether it is the first plan of the account. */
  isFirst: boolean;
  invoice: { id: string; number: string | null; dueMinor: string; currency: string };
  /** Until when it may be paid. */
  until: string;
  /** Where its payment stood when the page was made. */
  payment: PaymentView;
}

export interface AwaitedActions {
  /** The quote of the change that waits now; null: none does. */
  read: (input: Record<string, never>) => Promise<ActionResult<{ quoteId: string | null }>>;
  /** Null for people who may only look. */
  giveUp: ((input: { quoteId: string }) => Promise<ActionResult<unknown>>) | null;
}

/** What a provider charges the subscription to that it renews. */
export interface ChargedDto {
  /** The provider's name as people write it. */
  provider: string;
  /** Null where the provider tells none that is stored here. */
  method: MethodView | null;
  /** The other methods that are stored there. */
  others: MethodView[];
}

export interface ChargedActions extends MethodActions {
  /** By which a new method is stored at that provider; null where none is here. */
  gateway: GatewayView | null;
  change: (input: { paymentMethodId: string }) => Promise<ActionResult<unknown>>;
}

export type OutcomeDto = Plain<z.output<typeof outcomeDto>>;
