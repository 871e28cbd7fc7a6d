import type { AutomaticView, BalanceView, LimitsView } from '@/components/credit/types';
import type { PaymentView } from '@/components/payments/types';
import { getAutomaticTopUp } from '@/lib/billing/credits/automatic/set-automatic-top-up';
import { getCredit } from '@/lib/billing/credits/list-credit';
import { topUpLimits } from '@/lib/billing/credits/top-ups/limits';
import { listTopUps } from '@/lib/billing/credits/top-ups/list-top-ups';
import type { TopUp, TopUpStatus } from '@/lib/billing/credits/top-ups/top-up';
import type { AttemptStatus } from '@/lib/billing/payments/attempt';
import { failureCodes, type FailureCode } from '@/lib/billing/payments/gateway/charges';
import type { Context } from '@/lib/core/context';
import { toPlain } from '@/lib/http/plain';

const paymentStatuses: Record<TopUpStatus, AttemptStatus> = { pending: 'processing', completed: 'succeeded', failed: 'failed', canceled: 'canceled' };

const failureOf = (code: string | null): FailureCode | null => (code === null ? null : (failureCodes.find((one) => one === code) ?? 'declined'));

/** Where the payment of a top-up stands; the view's attempt is the top-up. */
export function topUpView(topUp: TopUp, payment?: { paymentStatus: AttemptStatus; clientSecret: string | null }): PaymentView {
  const isWaiting = topUp.status === 'pending' && payment?.paymentStatus === 'requires_action';
  return {
    attemptId: topUp.id,
    status: isWaiting ? 'requires_action' : paymentStatuses[topUp.status],
    isOnProviderPage: false,
    failureCode: failureOf(topUp.failureCode),
    paymentMethodId: null,
    clientSecret: payment?.clientSecret ?? null,
  };
}

interface CreditView {
  balances: BalanceView[];
  automatic: AutomaticView;
  limits: LimitsView;
  pending: { amountMinor: string; currency: string } | null;
}

/** The prepaid credit of the account as the Billing page shows it. */
export async function creditView(context: Context, currency: string): Promise<CreditView> {
  const [balances, automatic, topUps] = await Promise.all([getCredit(context), getAutomaticTopUp(context), listTopUps(context, { page: 1, pageSize: 1 })]);
  const [newest] = topUps.items;
  const { minimumMinor, maximumMinor } = topUpLimits(currency);
  const { pausedAt, failureCode, ...settings } = automatic;
  return {
    balances: toPlain(balances),
    automatic: { ...toPlain(settings), pausedBy: pausedAt && (failureOf(failureCode) ?? 'declined') },
    limits: { least: { minor: String(minimumMinor), currency }, most: { minor: String(maximumMinor), currency } },
    pending: newest?.status === 'pending' ? { amountMinor: String(newest.amountMinor), currency: newest.currency } : null,
  };
}
