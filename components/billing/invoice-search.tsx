'use client';

import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTransition, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/field';
import { usePortalRouter } from '@/components/ui/portal-link';

interface InvoiceSearchProps {
  /** Empty: all numbers. */
  number: string;
  /** Empty: all states. */
  status: string;
}

/** Finds invoices by their number or a part of it; the choice is kept in the address. */
export function InvoiceSearch({ number, status }: InvoiceSearchProps) {
  const text = useTranslations('billing');
  const router = usePortalRouter();
  const [loading, startLoading] = useTransition();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('number');
    const search = new URLSearchParams({ ...(status !== '' && { status }), ...(typeof typed === 'string' && typed !== '' && { number: typed }) });
    startLoading(() => router.push(`/billing?${search}`, { scroll: false }));
  }

  return (
    <form onSubmit={submit} role="search" className="flex items-center gap-1.5 max-sm:w-full">
      <div className="w-40 max-sm:w-auto max-sm:flex-1">
        <TextField type="search" name="number" label={text('search')} hideLabel placeholder={text('searchExample')} defaultValue={number} maxLength={40} autoComplete="off" spellCheck={false} />
      </div>
      <Button type="submit" loading={loading} icon={<Search aria-hidden="true" size={14} />} aria-label={text('search')} />
    </form>
  );
}
