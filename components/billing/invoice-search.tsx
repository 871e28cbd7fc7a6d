import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Form from 'next/form';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/field';

interface InvoiceSearchProps {
  /** Empty: all numbers. */
  number: string;
  /** Empty: all states. */
  status: string;
}

/** Finds invoices by their number or a part of it; the choice is kept in the address. */
export function InvoiceSearch({ number, status }: InvoiceSearchProps) {
  const text = useTranslations('billing');
  return (
    <Form action="/billing" scroll={false} role="search" className="flex items-center gap-1.5 max-sm:w-full">
      {status !== '' && <input type="hidden" name="status" value={status} />}
      <div className="w-40 max-sm:w-auto max-sm:flex-1">
        <TextField type="search" name="number" label={text('search')} hideLabel placeholder={text('searchExample')} defaultValue={number} maxLength={40} autoComplete="off" spellCheck={false} />
      </div>
      <Button type="submit" icon={<Search aria-hidden="true" size={14} />} aria-label={text('search')} />
    </Form>
  );
}
