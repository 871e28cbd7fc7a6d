import { useTranslations } from 'next-intl';
import type { ReferenceGroup } from '@/lib/api/reference';

/** The groups and their operations as links: beside the page on a desk, folded on a phone. */
export function Contents({ groups }: { groups: readonly ReferenceGroup[] }) {
  const text = useTranslations('docs');
  return (
    <>
      <nav aria-label={text('contents')} className="sticky top-0 hidden h-dvh w-60 shrink-0 overflow-y-auto border-r border-line bg-sunken p-4 lg:block">
        <Links groups={groups} />
      </nav>
      <details className="border-b border-line px-4 py-3 lg:hidden">
        <summary className="min-h-6 text-sm font-medium">{text('contents')}</summary>
        <nav aria-label={text('contents')} className="pt-3">
          <Links groups={groups} />
        </nav>
      </details>
    </>
  );
}

function Links({ groups }: { groups: readonly ReferenceGroup[] }) {
  const text = useTranslations('docs');
  return (
    <ul className="flex flex-col gap-4 text-sm">
      <li>
        <a href="#basics" className="inline-block min-h-6 font-medium hover:text-accent-ink">
          {text('basics')}
        </a>
      </li>
      {groups.map((group) => (
        <li key={group.name} lang="en">
          <p className="font-medium">{group.name}</p>
          <ul className="mt-1">
            {group.operations.map((operation) => (
              <li key={operation.id}>
                <a href={`#${operation.id}`} className="block min-h-6 py-0.5 text-ink-muted hover:text-ink">
                  {operation.summary}
                </a>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
