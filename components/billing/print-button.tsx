'use client';

import { Printer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';

/** Prints the page; what is not part of the invoice is left off the paper. */
export function PrintButton() {
  const text = useTranslations('billing');
  return (
    <Button icon={<Printer aria-hidden="true" size={14} />} onClick={() => window.print()}>
      {text('print')}
    </Button>
  );
}
