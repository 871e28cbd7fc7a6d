import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Contents } from '@/components/docs/contents';
import { allContracts } from '@/lib/api';
import { groupsOf } from '@/lib/api/reference';
import { Texts } from '../texts';

/** The API reference: public, and generated from the contracts that serve the API. A page an operation, so that each is small. */
export default async function DocsLayout({ children }: { children: ReactNode }) {
  const text = await getTranslations('docs');
  return (
    // The page comes before its contents, so the room beside it is kept free: nothing moves when they arrive.
    <div className="flex min-h-dvh flex-col lg:pl-60">
      <main className="flex min-w-0 flex-1 flex-col gap-8 px-4 py-6 md:px-8 md:py-8">
        <Texts of={['docs']}>{children}</Texts>
      </main>
      <Contents label={text('contents')} basics={text('basics')} groups={groupsOf(allContracts)} />
    </div>
  );
}
