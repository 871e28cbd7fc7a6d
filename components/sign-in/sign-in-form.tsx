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
  /** What people call the identity provider at which they may sign in; null: there is none. */
  identityProvider: string | null;
}

interface Attempt {
  email: string;
  emailMissing?: boolean;
  passwordMissing?: boolean;
  refused?: Refused;
}

type Way = 'password' | 'link' | 'identity';

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

/** Leaves for a whole new page: nothing of who was signed in before stays in the memory of this one. */
function leaveFor(address: string): Promise<never> {
  window.location.assign(address);
  return new Promise(() => undefined);
}

async function attemptElsewhere(email: string, returnTo: string): Promise<Attempt> {
  const answer = await postSignIn('signin/oidc', { callbackUrl: returnTo });
  if (answer.code !== null) return { email, refused: answer };
  return leaveFor(answer.address ?? returnTo);
}

async function attempt(form: FormData, returnTo: string): Promise<Attempt> {
  const email = String(form.get('email')).trim();
  const password = String(form.get('password'));
  const byLink = form.get('way') === 'link';
  if (form.get('way') === 'identity') return attemptElsewhere(email, returnTo);
  const emailMissing = !/^\S+@\S+\.\S+$/.test(email);
  const passwordMissing = !byLink && password === '';
  if (emailMissing || passwordMissing) return { email, emailMissing, passwordMissing };
  const answer = byLink
    ? await postSignIn('signin/email', { email, callbackUrl: returnTo })
    : await postSignIn('callback/credentials', { email, password });
  if (answer.code === 'invalid_request') return { email, emailMissing: true };
  if (answer.code !== null) return { email, refused: answer };
  return leaveFor(byLink ? `/check-email?${new URLSearchParams({ email })}` : returnTo);
}

/** E-mail and password, a link to the e-mail, or the identity provider, in one form. */
export function SignInForm({ returnTo, linkOffered, identityProvider }: SignInFormProps) {
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
      {(linkOffered || identityProvider !== null) && (
        <p className="flex items-center gap-3 text-sm text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">{text('or')}</p>
      )}
      {identityProvider !== null && <WayButton way="identity">{text('continueWith', { name: identityProvider })}</WayButton>}
      {linkOffered && <WayButton way="link">{text('sendLink')}</WayButton>}
    </form>
  );
}
