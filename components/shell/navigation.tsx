'use client';

import clsx from 'clsx';
import { Ellipsis } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Menu, MenuLink } from '@/components/ui/menu';
import type { Permission } from '@/lib/auth/permissions';
import { useCurrentPath } from './current-page';
import { pagesFor, type PortalPage } from './pages';
import { PortalLink } from '@/components/ui/portal-link';

function useIsCurrent(): (page: PortalPage) => boolean {
  const path = useCurrentPath();
  return ({ href }) => path === href || path.startsWith(`${href}/`);
}

interface NavigationProps {
  /** What the person may do: pages they have nothing to do on are left out. */
  permissions: readonly Permission[];
}

/** The pages one under the other. */
export function SideNavigation({ permissions }: NavigationProps) {
  const text = useTranslations('shell');
  const { pages, controlPages, accessPages } = pagesFor(permissions);
  return (
    <nav aria-label={text('mainNavigation')} className="flex flex-col gap-5">
      <SideLinks pages={pages} />
      <div>
        <p id="control-pages" className="px-2.5 pb-1 text-xs font-medium text-ink-muted">
          {text('controlPages')}
        </p>
        <SideLinks pages={controlPages} labelledBy="control-pages" />
      </div>
      <div>
        <p id="access-pages" className="px-2.5 pb-1 text-xs font-medium text-ink-muted">
          {text('accessPages')}
        </p>
        <SideLinks pages={accessPages} labelledBy="access-pages" />
      </div>
    </nav>
  );
}

function SideLinks({ pages, labelledBy }: { pages: readonly PortalPage[]; labelledBy?: string }) {
  const text = useTranslations('shell');
  const isCurrent = useIsCurrent();
  return (
    <ul aria-labelledby={labelledBy} className="flex flex-col gap-0.5">
      {pages.map((page) => {
        const { key, href, icon: Icon } = page;
        const current = isCurrent(page);
        return (
          <li key={key}>
            <PortalLink
              href={href}
              aria-current={current ? 'page' : undefined}
              className={clsx('flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium', current ? 'bg-neutral-soft text-ink' : 'text-ink-muted hover:bg-hover hover:text-ink')}
            >
              <Icon className={clsx('size-4', current ? 'text-accent-ink' : 'text-ink-faint')} strokeWidth={1.75} aria-hidden="true" />
              {text(key)}
            </PortalLink>
          </li>
        );
      })}
    </ul>
  );
}

/** All pages in one row: for the portal in a frame. */
export function TopNavigation({ permissions }: NavigationProps) {
  const text = useTranslations('shell');
  const isCurrent = useIsCurrent();
  const { pages, controlPages, accessPages } = pagesFor(permissions);
  return (
    <nav aria-label={text('mainNavigation')} className="min-w-0 overflow-x-auto">
      <ul className="flex gap-1">
        {[...pages, ...controlPages, ...accessPages].map((page) => {
          const { key, href } = page;
          const current = isCurrent(page);
          return (
            <li key={key}>
              <PortalLink
                href={href}
                aria-current={current ? 'page' : undefined}
                className={clsx(
                  'flex h-11 items-center border-b-2 px-2.5 text-sm font-medium whitespace-nowrap focus-visible:-outline-offset-2',
                  current ? 'border-accent text-ink' : 'border-transparent text-ink-muted hover:text-ink',
                )}
              >
                {text(key)}
              </PortalLink>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

// A size of its own: five words, the longest "Subscription", stand beside each other on a phone of 360 px.
const tabClass = 'flex h-14 w-full flex-col items-center justify-center gap-1 text-[0.6875rem] leading-4 font-medium focus-visible:-outline-offset-2';

/** The pages along the bottom edge of a phone: those of every day, and the others behind "More". */
export function BottomNavigation({ permissions }: NavigationProps) {
  const text = useTranslations('shell');
  const isCurrent = useIsCurrent();
  const { pages, controlPages, accessPages } = pagesFor(permissions);
  // Five places fit beside each other on a small phone.
  const everyDay = pages.filter(({ key }) => key !== 'account');
  const others = [...pages.filter(({ key }) => key === 'account'), ...controlPages, ...accessPages];
  const inMore = others.some(isCurrent);
  return (
    <nav aria-label={text('mainNavigation')} className="fixed inset-x-0 bottom-0 z-20 border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] md:hidden print:hidden">
      <ul className="grid grid-flow-col auto-cols-fr">
        {everyDay.map((page) => {
          const { key, href, icon: Icon } = page;
          const current = isCurrent(page);
          return (
            <li key={key} className="min-w-0">
              <PortalLink href={href} aria-current={current ? 'page' : undefined} className={clsx(tabClass, current ? 'text-accent-ink' : 'text-ink-muted')}>
                <Icon className="size-5" strokeWidth={1.75} aria-hidden="true" />
                <span className="max-w-full truncate">{text(key)}</span>
              </PortalLink>
            </li>
          );
        })}
        <li className="min-w-0">
          <Menu
            label={text('morePages')}
            side="top"
            align="end"
            trigger={
              <button type="button" aria-label={text('morePages')} className={clsx(tabClass, inMore ? 'text-accent-ink' : 'text-ink-muted')}>
                <Ellipsis className="size-5" strokeWidth={1.75} aria-hidden="true" />
                <span className="max-w-full truncate">{text('more')}</span>
              </button>
            }
          >
            {others.map((page) => {
              const { key, href, icon: Icon } = page;
              return (
                <MenuLink key={key} href={href} current={isCurrent(page)}>
                  <Icon className={clsx('size-4', isCurrent(page) ? 'text-accent-ink' : 'text-ink-muted')} strokeWidth={1.75} aria-hidden="true" />
                  {text(key)}
                </MenuLink>
              );
            })}
          </Menu>
        </li>
      </ul>
    </nav>
  );
}
