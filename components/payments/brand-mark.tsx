import { Landmark, Wallet } from 'lucide-react';
import type { MethodView } from './types';

const marks: Readonly<Record<string, string>> = { visa: 'VISA', mastercard: 'MC', amex: 'AMEX', discover: 'DISC', diners: 'DC', jcb: 'JCB', unionpay: 'UP' };

/** A small sign before the name of a method, which says the same in words. */
export function BrandMark({ kind, brand }: Pick<MethodView, 'kind' | 'brand'>) {
  return (
    <span aria-hidden="true" className="inline-flex h-5 w-9 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-sunken text-[0.625rem] font-semibold tracking-wide text-ink-muted">
      {kind === 'card' ? (marks[brand] ?? '••••') : kind === 'bank_debit' ? <Landmark size={12} /> : <Wallet size={12} />}
    </span>
  );
}
