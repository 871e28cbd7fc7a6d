import type { ReactNode } from 'react';
import { Texts } from '../../texts';

export default function BillingLayout({ children }: { children: ReactNode }) {
  return <Texts of={['billing', 'credit', 'embed', 'pay', 'payments']}>{children}</Texts>;
}
