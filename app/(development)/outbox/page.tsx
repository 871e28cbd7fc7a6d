import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { MailText } from '@/components/outbox/mail-text';
import { EmptyState } from '@/components/ui/empty-state';
import { Card, Page, PageHeader } from '@/components/ui/section';
import { DateTime } from '@/components/ui/values';
import { outboxOpen, readOutbox } from '@/lib/notify/mail';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('auth');
  return { title: text('outboxTitle') };
}

/** The mail of a demo, which has no mail server. Nowhere else: it holds links that sign people in. */
export default async function OutboxPage() {
  if (!outboxOpen()) notFound();
  const text = await getTranslations('auth');
  const mails = await readOutbox();
  return (
    <main>
      <Page>
        <PageHeader title={text('outboxTitle')} description={text('outboxDescription')} back={{ href: '/sign-in', label: text('backToSignIn') }} />
        {mails.length === 0 && (
          <Card>
            <EmptyState title={text('outboxEmptyTitle')} description={text('outboxEmptyText')} />
          </Card>
        )}
        {mails.map((mail) => (
          <Card key={mail.id}>
            <article aria-labelledby={mail.id} className="flex flex-col gap-3">
              <header className="flex flex-wrap justify-between gap-x-6 gap-y-1">
                <h2 id={mail.id} className="text-lg font-semibold">
                  {mail.subject}
                </h2>
                <p className="text-sm text-ink-muted">
                  {text('mailTo', { recipient: mail.recipient })} · <DateTime value={mail.createdAt.toISOString()} format="dateTime" />
                </p>
              </header>
              <MailText text={mail.text} />
              {mail.invoiceId && (
                <p className="text-sm">
                  <a href={`/api/v1/billing/invoices/${mail.invoiceId}/pdf`} className="text-accent-ink underline underline-offset-2">
                    {text('mailAttachment')}
                  </a>
                </p>
              )}
            </article>
          </Card>
        ))}
      </Page>
    </main>
  );
}
