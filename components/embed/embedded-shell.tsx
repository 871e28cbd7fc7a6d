import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Permission } from '@/lib/auth/permissions';
import { StandInNote } from '../payments/stand-in-note';
import { CurrentPage } from '../shell/current-page';
import { TopNavigation } from '../shell/navigation';
import { SkipLink } from '../shell/skip-link';
import { TravelProvider } from '../ui/destination';
import { EmbeddingProvider, type Embedding } from '../ui/portal-link';
import { FrameWatcher, type Standing } from './frame-watcher';

interface EmbeddedShellProps {
  accountId: string;
  /** The origin of the page around the frame. */
  origin: string;
  embedding: Embedding;
  permissions: readonly Permission[];
  standing: Standing;
  demoPayments: boolean;
  children: ReactNode;
}

/** The portal in a frame: its pages as tabs on top, and nothing that the page around it has already. */
export function EmbeddedShell({ accountId, origin, embedding, permissions, standing, demoPayments, children }: EmbeddedShellProps) {
  const text = useTranslations('shell');
  return (
    <EmbeddingProvider value={embedding}>
      <TravelProvider>
        <FrameWatcher accountId={accountId} base={embedding.base} origin={origin} standing={standing} />
        <SkipLink />
        <header aria-label={text('product')} className="sticky top-0 z-20 flex items-center gap-4 border-b border-line bg-canvas px-2 md:px-6 print:hidden">
          <TopNavigation permissions={permissions} />
          {demoPayments && (
            <div className="ml-auto hidden shrink-0 lg:block">
              <StandInNote />
            </div>
          )}
        </header>
        <main id="content" tabIndex={-1} data-embedded className="min-w-0 outline-none">
          <CurrentPage>{children}</CurrentPage>
        </main>
      </TravelProvider>
    </EmbeddingProvider>
  );
}
