import { Bell, ChartPie, CreditCard, Gauge, KeyRound, Layers, LayoutDashboard, ScrollText, UserRound, UsersRound } from 'lucide-react';
import type { Permission } from '@/lib/auth/permissions';

/** The portal's pages in the order of the navigation; `key` names the text in the `shell` messages. */
const pages = [
  { key: 'overview', href: '/overview', icon: LayoutDashboard, needs: 'account:read' },
  { key: 'account', href: '/account', icon: UserRound, needs: 'account:read' },
  { key: 'subscription', href: '/subscription', icon: Layers, needs: 'subscription:read' },
  { key: 'usage', href: '/usage', icon: Gauge, needs: 'usage:read' },
  { key: 'billing', href: '/billing', icon: CreditCard, needs: 'invoice:read' },
] as const;

/** What keeps costs in hand: parted from the rest, and behind "More" on a phone. */
const controlPages = [
  { key: 'costCentres', href: '/cost-centres', icon: ChartPie, needs: 'usage:read' },
  { key: 'alerts', href: '/alerts', icon: Bell, needs: 'usage:read' },
] as const;

/** Who may come in and what was done: likewise. */
const accessPages = [
  { key: 'team', href: '/team', icon: UsersRound, needs: 'member:read' },
  { key: 'apiKeys', href: '/api-keys', icon: KeyRound, needs: 'api_key:read' },
  { key: 'auditLog', href: '/audit-log', icon: ScrollText, needs: 'audit:read' },
] as const;

export type PortalPage = (typeof pages)[number] | (typeof controlPages)[number] | (typeof accessPages)[number];

/** The pages that somebody with these permissions has something to do on. */
export function pagesFor(permissions: readonly Permission[]): Record<'pages' | 'controlPages' | 'accessPages', PortalPage[]> {
  const allowed = ({ needs }: PortalPage) => permissions.includes(needs);
  return { pages: pages.filter(allowed), controlPages: controlPages.filter(allowed), accessPages: accessPages.filter(allowed) };
}
