'use client';

import dynamic from 'next/dynamic';
import { Card } from '@/components/ui/section';
import { Loading, Skeleton } from '@/components/ui/skeleton';

/** Shown with invoices of which something is to pay, and loaded with those alone. */
export const PayInvoice = dynamic(() => import('./invoice-payment').then((module) => module.InvoicePayment), {
  loading: () => (
    <Loading>
      <Card>
        <Skeleton className="h-48 w-full" />
      </Card>
    </Loading>
  ),
});
