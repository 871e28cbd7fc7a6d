import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ProfileDto } from '@/components/account/profile-fields';
import { EmbedOrigins } from '@/components/account/embed-origins';
import { LinkedIdentity } from '@/components/account/linked-identity';
import { ProfileForm } from '@/components/account/profile-form';
import { ProfileSummary } from '@/components/account/profile-summary';
import { RecentChanges } from '@/components/account/recent-changes';
import { SessionsList } from '@/components/account/sessions-list';
import { CopyButton } from '@/components/ui/copy-button';
import { Page, PageHeader } from '@/components/ui/section';
import { listChanges } from '@/lib/audit/list-changes';
import { listEmbedOrigins } from '@/lib/auth/embedding/embed-origins';
import { linkedSince } from '@/lib/auth/identities/own-identity';
import { requireSession } from '@/lib/auth/session';
import { listSessions } from '@/lib/auth/sessions/sessions';
import type { Account } from '@/lib/billing/accounts/account';
import { getAccount } from '@/lib/billing/accounts/get-account';
import { listPlans } from '@/lib/billing/catalog/list-plans';
import { getSubscription } from '@/lib/billing/subscriptions/get-subscription';
import { settings } from '@/lib/core/settings';
import { toPlain } from '@/lib/http/plain';
import { saveEmbedOrigins, saveProfile, signOutOne, signOutOthers, unlinkSignIn } from './actions';
import { changeDto } from './changes';
import { countryChoices, countryName, currencyChoices, timeZoneChoices } from './choices';

/** The part of the account that the page shows and may send to the browser. */
function profileOf({ name, legalName, contactName, contactEmail, phone, address, taxId, purchaseOrder, invoiceEmails, language, timeZone, currency }: Account): ProfileDto {
  return { name, legalName, contactName, contactEmail, phone, address, taxId, purchaseOrder, invoiceEmails, language, timeZone, currency };
}

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('account');
  return { title: text('title') };
}

export default async function AccountPage() {
  const { id, context, person, role, permissions } = await requireSession();
  const { oidc } = settings();
  const [text, locale, account, changes, subscription, plans, sessions, linked, embedOrigins] = await Promise.all([
    getTranslations('account'),
    getLocale(),
    getAccount(context),
    listChanges(context, { limit: 10 }),
    getSubscription(context),
    listPlans(context),
    listSessions(person.id, context.clock),
    oidc && linkedSince(person.id, oidc.issuer),
    listEmbedOrigins(context),
  ]);

  return (
    <Page>
      <PageHeader
        title={text('title')}
        description={text('description')}
        actions={
          <span className="flex items-center gap-1 text-sm text-ink-muted">
            {text('accountId')} <code className="font-mono text-xs">{account.id}</code>
            <CopyButton value={account.id} label={text('accountId')} />
          </span>
        }
      />
      {permissions.includes('account:write') ? (
        <ProfileForm
          // Another account is another form: nothing typed may carry over.
          key={account.id}
          profile={profileOf(account)}
          countries={countryChoices(locale)}
          timeZones={timeZoneChoices(account.timeZone)}
          currencies={currencyChoices(plans.flatMap((plan) => plan.prices.map((price) => price.currency)), account.currency, locale)}
          currencyLocked={subscription !== null}
          saveProfile={saveProfile}
        />
      ) : (
        <ProfileSummary profile={profileOf(account)} country={countryName(account.address.country, locale)} role={role} />
      )}
      {permissions.includes('account:write') && <EmbedOrigins origins={embedOrigins} setOrigins={saveEmbedOrigins} />}
      <SessionsList sessions={toPlain(sessions)} currentId={id} signOutOthers={signOutOthers} signOutOne={signOutOne} />
      {oidc && linked && <LinkedIdentity provider={oidc.name} since={linked.toISOString()} unlink={unlinkSignIn} />}
      <RecentChanges changes={changes.items.map((change) => changeDto(change, locale, plans))} />
    </Page>
  );
}
