import { CreditCard, Gauge, Layers, UserRound } from 'lucide-react';

/** The portal's pages in the order of the navigation; `key` names the text in the `shell` messages. */
export const pages = [
  { key: 'account', href: '/account', icon: UserRound },
  { key: 'subscription', href: '/subscription', icon: Layers },
  { key: 'usage', href: '/usage', icon: Gauge },
  { key: 'billing', href: '/billing', icon: CreditCard },
] as const;
