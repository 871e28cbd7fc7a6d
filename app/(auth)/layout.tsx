import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LanguageLinks } from '@/components/sign-in/language-links';

export default async function EntranceLayout({ children }: { children: ReactNode }) {
  const text = await getTranslations('shell');
  return (
    <div className="flex min-h-dvh flex-col bg-sunken px-4 py-8">
      <main className="mx-auto my-auto flex w-full max-w-[25rem] flex-col gap-5">
        <p className="text-sm font-semibold text-ink-muted">{text('product')}</p>
        <div className="flex flex-col gap-6 rounded-lg border border-line bg-canvas p-5 md:p-7">{children}</div>
      </main>
      <footer className="pt-6">
        <LanguageLinks />
      </footer>
    </div>
  );
}
