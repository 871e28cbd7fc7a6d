import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { TellSwitchedOff } from '@/components/embed/tell-switched-off';
import { settings } from '@/lib/core/settings';

/** What every page of the portal shows while it is switched off. */
export default async function PortalOffPage() {
  if (settings().portalEnabled) notFound();
  const text = await getTranslations('auth');
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="flex max-w-[40ch] flex-col gap-1.5 text-center">
        <title>{text('offTitle')}</title>
        <h1 className="text-xl font-semibold text-balance">{text('offTitle')}</h1>
        <p className="text-ink-muted">{text('offText')}</p>
      </div>
      <TellSwitchedOff />
    </main>
  );
}
