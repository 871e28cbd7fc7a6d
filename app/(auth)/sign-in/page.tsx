import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { Entrance } from '@/components/sign-in/entrance';
import { SignInForm } from '@/components/sign-in/sign-in-form';
import { Notice } from '@/components/ui/notice';
import { currentSession } from '@/lib/auth/session';
import { returnPath } from '@/lib/auth/sign-in/return-path';
import { settings } from '@/lib/core/settings';
import { mailReachesPeople } from '@/lib/notify/mail';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('auth');
  return { title: text('title') };
}

const explained = ['Verification', 'AccessDenied', 'no_account', 'ended'] as const;

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { callbackUrl, error } = await searchParams;
  const returnTo = returnPath(callbackUrl?.toString(), settings().appUrl);
  if (await currentSession()) redirect(returnTo);
  const text = await getTranslations('auth');
  const reason = explained.find((known) => known === error);
  return (
    <Entrance title={text('title')} description={text('description')}>
      {error !== undefined && <Notice tone="warning">{text(`error_${reason ?? 'other'}`)}</Notice>}
      <SignInForm returnTo={returnTo} linkOffered={mailReachesPeople()} />
    </Entrance>
  );
}
