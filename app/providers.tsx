import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { Toasts } from '@/components/ui/toast';
import { QueryProvider } from './query-provider';

/** What the client side of every page can count on: texts, formats, live queries and toasts. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <NextIntlClientProvider>
      <QueryProvider>{children}</QueryProvider>
      <Toasts />
    </NextIntlClientProvider>
  );
}
