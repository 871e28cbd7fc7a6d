import type { Context } from '@/lib/core/context';
import { FixedClock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import type { DraftLine, InvoiceDraft } from '@/lib/billing/invoices/invoice';

interface CustomerOptions {
  sellerId?: string;
  sellerCountry?: string;
  country?: string;
  region?: string;
  taxId?: string;
  currency?: string;
  timeZone?: string;
  now?: Date;
}

/** A customer account with its seller (a new one unless named), and the context of somebody who acts for it. */
export async function createCustomer(options: CustomerOptions = {}): Promise<{ sellerId: string; accountId: string; clock: FixedClock; context: Context }> {
  const clock = new FixedClock(options.now ?? new Date('2026-03-10T08:00:00Z'));
  const createdAt = clock.now();
  const sellerId = options.sellerId ?? newId('sel');
  if (!options.sellerId) {
    await database().seller.create({
      data: {
        id: sellerId,
        name: 'Demo Seller',
        legalName: 'Demo Seller Ltd',
        addressLines: ['1 Demo Street', 'Demo City'],
        country: options.sellerCountry ?? 'US',
        taxId: '',
        email: 'billing@demo.example',
        invoicePrefix: 'DEMO',
        createdAt,
      },
    });
  }
  const accountId = newId('acc');
  await database().account.create({
    data: {
      id: accountId,
      sellerId,
      name: 'Demo Customer 示例公司',
      contactEmail: 'customer@demo.example',
      country: options.country ?? 'US',
      region: options.region ?? '',
      taxId: options.taxId ?? '',
      currency: options.currency ?? 'USD',
      timeZone: options.timeZone ?? 'UTC',
      createdAt,
      updatedAt: createdAt,
    },
  });
  const context: Context = { actor: { kind: 'system', id: 'test' }, accountId, clock, requestId: newId('req') };
  return { sellerId, accountId, clock, context };
}

/** A draft of one month with one line of that many minor units, or with the lines given. */
export function draftOf(accountId: string, contents: bigint | DraftLine[], currency = 'USD'): InvoiceDraft {
  const period = { start: new Date('2026-03-01T00:00:00Z'), end: new Date('2026-04-01T00:00:00Z') };
  const lines: DraftLine[] = Array.isArray(contents)
    ? contents
    : [{ kind: 'subscription', description: { en: 'Pro', zh: '专业版' }, quantity: 1n, unitAmount: `${contents}e-2`, amountMinor: contents, period }];
  return { accountId, subscriptionId: null, reason: 'subscribe', currency, period, lines };
}
