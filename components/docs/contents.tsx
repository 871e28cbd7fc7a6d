'use client';

import clsx from 'clsx';
import Link from 'next/link';
import { useSelectedLayoutSegment } from 'next/navigation';
import type { ReferenceGroup } from '@/lib/api/reference';

interface ContentsProps {
  label: string;
  /** What the first page is called. */
  basics: string;
  groups: readonly ReferenceGroup[];
}

/** The groups and their operations as links: beside each page on a desk, below the first one on a phone. */
export function Contents({ label, basics, groups }: ContentsProps) {
  const shown = useSelectedLayoutSegment();
  return (
    <nav
      aria-label={label}
      className={clsx('border-line bg-sunken p-4 text-sm max-lg:border-t lg:fixed lg:inset-y-0 lg:left-0 lg:w-60 lg:overflow-y-auto lg:border-r', shown && 'max-lg:hidden')}
    >
      <ContentsLink href="/docs" current={shown === null}>
        {basics}
      </ContentsLink>
      <ul lang="en" className="mt-3 flex flex-col gap-4">
        {groups.map((group) => (
          <li key={group.name}>
            <p className="font-medium">{group.name}</p>
            <ul className="mt-1">
              {group.operations.map(({ id, summary }) => (
                <li key={id}>
                  <ContentsLink href={`/docs/${id}`} current={shown === id}>
                    {summary}
                  </ContentsLink>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function ContentsLink({ href, current, children }: { href: string; current: boolean; children: string }) {
  return (
    <Link href={href} prefetch={false} aria-current={current ? 'page' : undefined} className={clsx('block min-h-6 py-0.5', current ? 'font-medium text-accent-ink' : 'text-ink-muted hover:text-ink')}>
      {children}
    </Link>
  );
}
