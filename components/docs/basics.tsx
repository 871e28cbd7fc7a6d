import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

const code = (chunks: ReactNode) => <code className="font-mono text-xs">{chunks}</code>;

/** What holds for every operation. */
export function Basics() {
  const text = useTranslations('docs');
  const topics = ['authentication', 'envelope', 'idempotency', 'numbers'] as const;
  return (
    <section id="basics" aria-labelledby="basics-title" className="flex scroll-mt-4 flex-col gap-3">
      <h2 id="basics-title" className="text-xl font-semibold">
        {text('basics')}
      </h2>
      <dl className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        {topics.map((topic) => (
          <div key={topic}>
            <dt className="font-medium">{text(`${topic}Title`)}</dt>
            <dd className="mt-0.5 text-ink-muted">{text.rich(topic, { code })}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
