import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Entrance } from '@/components/sign-in/entrance';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { linkMinutes } from '@/lib/auth/sign-in/link';
import { outboxOpen } from '@/lib/notify/mail';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('auth');
  return { title: text('checkEmailTitle') };
}

export default async function CheckEmailPage({ searchParams }: PageProps<'/check-email'>) {
  const { email } = await searchParams;
  const text = await getTranslations('auth');
  const description = typeof email === 'string' ? text('checkEmailText', { email, minutes: linkMinutes }) : text('checkEmailTextPlain', { minutes: linkMinutes });
  return (
    <Entrance title={text('checkEmailTitle')} description={description}>
      {outboxOpen() ? (
        <Notice action={<ButtonLink href="/outbox">{text('openOutbox')}</ButtonLink>}>{text('outboxNotice')}</Notice>
      ) : (
        <p className="text-sm text-ink-muted">{text('checkEmailHint')}</p>
      )}
      <ButtonLink href="/sign-in">{text('backToSignIn')}</ButtonLink>
    </Entrance>
  );
}
