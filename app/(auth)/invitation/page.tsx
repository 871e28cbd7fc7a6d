import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Entrance } from '@/components/sign-in/entrance';
import { JoinForm } from '@/components/sign-in/join-form';
import { ButtonLink, SubmitButton } from '@/components/ui/button';
import { runningSession } from '@/lib/auth/session';
import { passwordLeast } from '@/lib/auth/sign-in/password';
import { readInvitation, type InvitationOffer } from '@/lib/auth/team/accept-invitation';
import { systemClock } from '@/lib/core/clock';
import { joinAsNewcomer, joinSignedIn, signOutToJoin } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('team.accept');
  return { title: text('titlePlain'), referrer: 'no-referrer' };
}

/** Where the link of an invitation leads. Opening the page uses nothing up; pressing its button joins. */
export default async function InvitationPage({ searchParams }: PageProps<'/invitation'>) {
  const { token } = await searchParams;
  const text = await getTranslations('team.accept');
  const offer = typeof token === 'string' && token.length <= 100 ? await readInvitation(token, systemClock) : null;
  const current = (await runningSession())?.person.email ?? null;
  if (typeof token !== 'string' || offer === null || offer.state === 'expired' || offer.state === 'revoked') {
    return (
      <Entrance title={text('endedTitle')} description={text('endedText')}>
        {current ? <ButtonLink href="/overview">{text('goOn')}</ButtonLink> : <ButtonLink href="/sign-in">{text('toSignIn')}</ButtonLink>}
      </Entrance>
    );
  }
  const { email, account } = offer;
  if (offer.state === 'accepted') {
    const mine = current === email;
    return (
      <Entrance title={text('usedTitle')} description={mine ? text('usedMine', { account: account.name }) : text('usedText', { email })}>
        {mine ? <ButtonLink href="/overview">{text('goOn')}</ButtonLink> : <ButtonLink href="/sign-in">{text('toSignIn')}</ButtonLink>}
      </Entrance>
    );
  }
  if (current && current !== email) {
    return (
      <Entrance title={text('anotherTitle')} description={text('anotherText', { email, current })}>
        <form action={signOutToJoin.bind(null, token)} className="grid">
          <SubmitButton variant="primary">{text('signOut')}</SubmitButton>
        </form>
        <ButtonLink href="/overview">{text('stay')}</ButtonLink>
      </Entrance>
    );
  }
  return <Offer offer={offer} token={token} signedIn={current !== null} />;
}

async function Offer({ offer, token, signedIn }: { offer: InvitationOffer; token: string; signedIn: boolean }) {
  const [text, shell] = await Promise.all([getTranslations('team.accept'), getTranslations('shell')]);
  const { email, account, invitedBy, personKnown } = offer;
  const facts = { email, account: account.name, role: shell(`role_${offer.role}`) };
  const title = text('title', { account: account.name });
  const description = invitedBy === null ? text('plainText', facts) : text('byText', { ...facts, inviter: invitedBy });
  if (!signedIn && personKnown) {
    const back = `/invitation?${new URLSearchParams({ token })}`;
    return (
      <Entrance title={title} description={description}>
        <p className="text-ink-muted">{text('signInText', { email })}</p>
        <ButtonLink href={`/sign-in?${new URLSearchParams({ callbackUrl: back })}`} variant="primary">
          {text('signIn')}
        </ButtonLink>
      </Entrance>
    );
  }
  return (
    <Entrance title={title} description={description}>
      <JoinForm asks={!signedIn} least={passwordLeast} join={signedIn ? joinSignedIn.bind(null, token) : joinAsNewcomer.bind(null, token)} />
    </Entrance>
  );
}
