import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Basics } from '@/components/docs/basics';
import { Contents } from '@/components/docs/contents';
import { Operation } from '@/components/docs/operation';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/section';
import { allContracts } from '@/lib/api';
import { referenceOf } from '@/lib/api/reference';
import { settings } from '@/lib/core/settings';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('docs');
  return { title: text('title') };
}

/** The API reference: public, and generated from the contracts that serve the API. */
export default async function ReferencePage() {
  const text = await getTranslations('docs');
  const groups = referenceOf(allContracts, settings().appUrl);
  return (
    <div className="flex min-h-dvh flex-col lg:flex-row">
      <Contents groups={groups} />
      <main className="flex min-w-0 flex-1 flex-col gap-8 px-4 py-6 md:px-8 md:py-8">
        <PageHeader
          title={text('title')}
          description={text('description')}
          actions={
            <>
              <ButtonLink href="/api/openapi.json" target="_blank">
                {text('openapi')}
              </ButtonLink>
              <ButtonLink href="/">{text('backToPortal')}</ButtonLink>
            </>
          }
        />
        <Basics />
        {groups.map((group, index) => (
          <section key={group.name} aria-labelledby={`group-${index + 1}`}>
            <h2 id={`group-${index + 1}`} className="mb-4 text-xl font-semibold" lang="en">
              {group.name}
            </h2>
            {group.operations.map((operation) => (
              <Operation key={operation.id} operation={operation} />
            ))}
          </section>
        ))}
      </main>
    </div>
  );
}
