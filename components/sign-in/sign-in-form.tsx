'use client';

import { useTranslations } from 'next-intl';
import { useActionState, useEffect, useRef } from 'react';
import { useFormStatus } from 'react-dom';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { useErrorText } from '@/components/ui/toast';
import { postSignIn, type Refused } from './post-sign-in';

interface SignInFormProps {
  /** A path of this site. */
  returnTo: string;
  /** Whether mail reaches people here. */
  linkOffered: boolean;
}

interface Attempt {
  email: string;
  emailMissing?: boolean;
  passwordMissing?: boolean;
  refused?: Refused;
}

type Way = 'password' | 'link';

/** Submits the form one way; while either way is under way neither can be pressed again. */
function WayButton({ way, primary = false, children }: { way: Way; primary?: boolean; children: string }) {
  const { pending, data } = useFormStatus();
  const mine = data?.get('way') === way;
  return (
    <div className="grid">
      <Button type="submit" name="way" value={way} variant={primary ? 'primary' : 'secondary'} loading={pending && mine} disabled={pending && !mine}>
        {children}
      </Button>
    </div>
  );
}

async function attempt(form: FormData, returnTo: string): Promise<Attempt> {
  const email = String(form.get('email')).trim();
  const password = String(form.get('password'));
  const byLink = form.get('way') === 'link';
  const emailMissing = !/^\S+@\S+\.\S+$/.test(email);
  const passwordMissing = !byLink && password === '';
  if (emailMissing || passwordMissing) return { email, emailMissing, passwordMissing };
  const refused = byLink
    ? await postSignIn('signin/email', { email, callbackUrl: returnTo })
    : await postSignIn('callback/credentials', { email, password });
  if (refused) return { email, emailMissing: refused.code === 'invalid_request', refused: refused.code === 'invalid_request' ? undefined : refused };
  // A whole new page: nothing of who was signed in before stays in the memory of this one.
  window.location.assign(byLink ? `/check-email?${new URLSearchParams({ email })}` : returnTo);
  return new Promise(() => undefined);
}

/** E-mail and password, or a link to the e-mail, in one form. */
export function SignInForm({ returnTo, linkOffered }: SignInFormProps) {
  const text = useTranslations('auth');
  const errorText = useErrorText();
  const [{ email, emailMissing, passwordMissing, refused }, submit] = useActionState((_: Attempt, form: FormData) => attempt(form, returnTo), { email: '' });
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [emailMissing, passwordMissing]);

  function sentence({ code, waitMinutes }: Refused): string {
    if (code === 'network' || code === 'invalid_credentials') return text(code);
    if (code === 'rate_limited') return text(code, { minutes: Math.max(1, waitMinutes) });
    return errorText(code);
  }

  return (
    <form ref={form} action={submit} noValidate className="flex flex-col gap-4">
      {refused && (
        <Notice tone="negative" urgent>
          {sentence(refused)}
        </Notice>
      )}
      <TextField
        label={text('email')}
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        placeholder={text('emailExample')}
        defaultValue={email}
        error={emailMissing && text('emailInvalid')}
      />
      <TextField label={text('password')} name="password" type="password" autoComplete="current-password" maxLength={200} error={passwordMissing && text('passwordMissing')} />
      <WayButton way="password" primary>
        {text('submit')}
      </WayButton>
      {linkOffered && (
        <>
          <p className="flex items-center gap-3 text-sm text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">{text('or')}</p>
          <WayButton way="link">{text('sendLink')}</WayButton>
        </>
      )}
    </form>
  );
}
