import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { grantCredit } from '../../credits/grant-credit';
import { refundFailed, refundMade } from '../../ledger/gateway-bookings';
import { post } from '../../ledger/post';
import type { Refund } from '../../payments/refunds/refund';

/** Books that money which is owed back leaves the gateway, or becomes credit. */
export async function bookRefund(transaction: Database, context: Context, refund: Refund): Promise<void> {
  const { id: reference, destination, gateway, currency, amountMinor, reason } = refund;
  if (destination === 'credit') await grantCredit(transaction, context, { cause: 'refund', reference, currency, amountMinor, note: reason });
  else if (gateway) await post(transaction, context, refundMade({ reference, gateway, currency, amountMinor }));
}

/** Books that money which was given back has come back: it is owed back again. */
export async function unbookRefund(transaction: Database, context: Context, { id: reference, gateway, currency, amountMinor }: Refund): Promise<void> {
  if (gateway) await post(transaction, context, refundFailed({ reference, gateway, currency, amountMinor }));
}
