'use client';

import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { pages } from './pages';

function useCurrentPage(): string | undefined {
  const path = usePathname();
  return pages.find(({ href }) => path === href || path.startsWith(`${href}/`))?.key;
}

/** The pages one under the other. */
export function SideNavigation() {
  const text = useTranslations('shell');
  const current = useCurrentPage();
  return (
    <nav aria-label={text('mainNavigation')}>
      <ul className="flex flex-col gap-0.5">
        {pages.map(({ key, href, icon: Icon }) => (
          <li key={key}>
            <Link
              href={href}
              aria-current={key === current ? 'page' : undefined}
              className={clsx(
                'flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium',
                key === current ? 'bg-neutral-soft text-ink' : 'text-ink-muted hover:bg-hover hover:text-ink',
              )}
            >
              <Icon className={clsx('size-4', key === current ? 'text-accent-ink' : 'text-ink-faint')} strokeWidth={1.75} aria-hidden="true" />
              {text(key)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The pages along the bottom edge of a phone. */
export function BottomNavigation() {
  const text = useTranslations('shell');
  const current = useCurrentPage();
  return (
    <nav aria-label={text('mainNavigation')} className="fixed inset-x-0 bottom-0 z-20 border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] md:hidden print:hidden">
      <ul className="grid grid-flow-col auto-cols-fr">
        {pages.map(({ key, href, icon: Icon }) => (
          <li key={key} className="min-w-0">
            <Link
              href={href}
              aria-current={key === current ? 'page' : undefined}
              className={clsx(
                'flex h-14 flex-col items-center justify-center gap-1 px-1 text-xs font-medium focus-visible:-outline-offset-2',
                key === current ? 'text-accent-ink' : 'text-ink-muted',
              )}
            >
              <Icon className="size-5" strokeWidth={1.75} aria-hidden="true" />
              <span className="max-w-full truncate">{text(key)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
