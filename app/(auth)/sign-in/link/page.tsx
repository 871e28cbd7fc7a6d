import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Entrance } from '@/components/sign-in/entrance';
import { Button, ButtonLink } from '@/components/ui/button';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('auth');
  return { title: text('linkTitle'), referrer: 'no-referrer' };
}

/** Where a mailed link leads. Opening the page uses nothing up; pressing its button signs in. */
export default async function SignInLinkPage({ searchParams }: PageProps<'/sign-in/link'>) {
  const { callbackUrl, token, email } = await searchParams;
  const text = await getTranslations('auth');
  if (typeof token !== 'string' || typeof email !== 'string') {
    return (
      <Entrance title={text('linkTitle')} description={text('linkIncomplete')}>
        <ButtonLink href="/sign-in">{text('backToSignIn')}</ButtonLink>
      </Entrance>
    );
  }
  return (
    <Entrance title={text('linkTitle')} description={text('linkText', { email })}>
      <form action="/api/auth/callback/email" className="grid">
        <input type="hidden" name="callbackUrl" value={callbackUrl?.toString() ?? '/'} />
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="email" value={email} />
        <Button type="submit" variant="primary">
          {text('submit')}
        </Button>
      </form>
    </Entrance>
  );
}
