import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Basics } from '@/components/docs/basics';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/section';
import { settings } from '@/lib/core/settings';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('docs');
  return { title: text('title'), description: text('description') };
}

/** Where the API reference begins: what holds for every operation. */
export default async function ReferencePage() {
  const text = await getTranslations('docs');
  return (
    <>
      <PageHeader
        title={text('title')}
        description={text('description')}
        actions={
          <>
            <ButtonLink href="/api/openapi.json" target="_blank">
              {text('openapi')}
            </ButtonLink>
            {settings().portalEnabled && <ButtonLink href="/">{text('backToPortal')}</ButtonLink>}
          </>
        }
      />
      <Basics />
    </>
  );
}
