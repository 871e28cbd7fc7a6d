import type { ReactNode } from 'react';
import { Texts } from '../../texts';

export default function SubscriptionLayout({ children }: { children: ReactNode }) {
  return <Texts of={['embed', 'extras', 'pay', 'payments', 'subscribing', 'subscription']}>{children}</Texts>;
}
