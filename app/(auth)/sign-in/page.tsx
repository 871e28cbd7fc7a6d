import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { Entrance } from '@/components/sign-in/entrance';
import { SignInForm } from '@/components/sign-in/sign-in-form';
import { Notice } from '@/components/ui/notice';
import { currentSession } from '@/lib/auth/session';
import { signOutCookie } from '@/lib/auth/sessions/cookie';
import { returnPath } from '@/lib/auth/sign-in/return-path';
import { settings } from '@/lib/core/settings';
import { mailReachesPeople } from '@/lib/notify/mail';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('auth');
  return { title: text('title') };
}

const explained = ['Verification', 'AccessDenied', 'no_account', 'ended'] as const;
/** What can go wrong on the way back from the identity provider; the sentences name it. */
const explainedElsewhere = ['OAuthCallback', 'cancelled', 'email_unverified', 'unknown_person', 'identity_differs'] as const;

async function reasonText(error: string): Promise<string> {
  const text = await getTranslations('auth');
  const provider = settings().oidc?.name;
  const elsewhere = explainedElsewhere.find((known) => known === error);
  if (elsewhere && provider) return text(`error_${elsewhere}`, { name: provider });
  return text(`error_${explained.find((known) => known === error) ?? 'other'}`);
}

/** The identity provider from which somebody comes back signed out; null: nobody does. */
async function leftProvider(state: unknown): Promise<string | null> {
  const kept = (await cookies()).get(signOutCookie().name)?.value;
  return kept !== undefined && kept === state ? (settings().oidc?.name ?? null) : null;
}

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { callbackUrl, error, state } = await searchParams;
  const returnTo = returnPath(callbackUrl?.toString(), settings().appUrl);
  if (await currentSession()) redirect(returnTo);
  const text = await getTranslations('auth');
  const left = await leftProvider(state);
  return (
    <Entrance title={text('title')} description={text('description')}>
      {error !== undefined && <Notice tone="warning">{await reasonText(error.toString())}</Notice>}
      {left !== null && <Notice tone="positive">{text('signedOutAt', { name: left })}</Notice>}
      <SignInForm returnTo={returnTo} linkOffered={mailReachesPeople()} identityProvider={settings().oidc?.name ?? null} />
    </Entrance>
  );
}
