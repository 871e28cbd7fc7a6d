'use client';

import { useQuery } from '@tanstack/react-query';
import { ReceiptText } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { usePortalRouter } from '@/components/ui/portal-link';
import { queryClient } from '@/components/ui/query-client';
import { readAnswer } from '@/components/ui/read-answer';
import { formatMoney } from '@/lib/i18n/format';
import { invoiceNumberIn, type Command } from './commands';

/** An invoice as the API lists it, whole numbers as decimal strings. */
interface FoundInvoice {
  id: string;
  number: string | null;
  currency: string;
  totalMinor: string;
}

async function findInvoices(number: string, signal: AbortSignal): Promise<FoundInvoice[]> {
  const { items } = await readAnswer<{ items: FoundInvoice[] }>(`/api/v1/billing/invoices?${new URLSearchParams({ number, pageSize: '5' })}`, signal);
  return items;
}

/** The newest invoices whose number holds what was typed. */
export function useInvoices(typed: string, enabled: boolean): { commands: Command[]; searching: boolean } {
  const text = useTranslations('palette');
  const locale = useLocale();
  const router = usePortalRouter();
  const number = invoiceNumberIn(typed);
  const wanted = enabled && number !== null;
  const { data = [], isFetching } = useQuery({ queryKey: ['invoices-by-number', number], queryFn: ({ signal }) => findInvoices(number ?? '', signal), enabled: wanted }, queryClient());
  const commands = data.map(({ id, number: name, currency, totalMinor }): Command => ({
    id: `invoice ${id}`,
    label: text('invoice', { number: name ?? id }),
    detail: formatMoney({ minor: totalMinor, currency }, locale),
    icon: ReceiptText,
    run: () => router.push(`/billing/${id}`),
  }));
  return { commands: wanted ? commands : [], searching: wanted && isFetching };
}
