import type { Context } from '@/lib/core/context';

/** Whether an account has a way to pay on file. */
export type PaymentMethodLookup = (context: Context) => Promise<boolean>;

// Kept on the process, since the bundler may load this module more than once.
const holder = globalThis as typeof globalThis & { portalPaymentMethodLookup?: PaymentMethodLookup | undefined };

/** Says where payment methods are looked up; null: nowhere, and no account has one. Returns what was said before. */
export function lookUpPaymentMethods(lookup: PaymentMethodLookup | null): PaymentMethodLookup | null {
  const before = holder.portalPaymentMethodLookup ?? null;
  holder.portalPaymentMethodLookup = lookup ?? undefined;
  return before;
}

/** Whether the account has a way to pay on file: never, where nobody keeps payment methods. */
export async function hasPaymentMethod(context: Context): Promise<boolean> {
  return (await holder.portalPaymentMethodLookup?.(context)) ?? false;
}
