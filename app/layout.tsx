import './globals.css';

import type { Metadata, Viewport } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Toasts } from '@/components/ui/toast';
import { requestTheme } from '@/lib/i18n/preferences';
import { Texts } from './texts';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('shell');
  return { title: { template: `%s · ${text('product')}`, default: text('product') }, robots: { index: false } };
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#111214' },
  ],
};

const htmlLanguages = { en: 'en', zh: 'zh-Hans' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, theme] = await Promise.all([getLocale(), requestTheme()]);
  return (
    <html lang={htmlLanguages[locale]} data-theme={theme === 'system' ? undefined : theme} suppressHydrationWarning>
      <body>
        <NextIntlClientProvider messages={{}}>
          <Texts of={['common', 'errors']}>
            {children}
            <Toasts />
          </Texts>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
