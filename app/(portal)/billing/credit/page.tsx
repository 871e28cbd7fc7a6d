import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { MovementTable } from '@/components/credit/movement-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterTabs, Pagination } from '@/components/ui/navigation';
import { Card, CardFooter, Page, PageHeader } from '@/components/ui/section';
import { portalAddress } from '@/lib/auth/embedding/portal-address';
import { requireSession } from '@/lib/auth/session';
import { getCredit, listMovements } from '@/lib/billing/credits/list-credit';
import { toPlain } from '@/lib/http/plain';

const pageSize = 25;

/** What the address says; what it says wrongly counts as unsaid. */
const query = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
});

function address({ currency, page = 1 }: { currency?: string | undefined; page?: number }): string {
  const search = new URLSearchParams({ ...(currency && { currency }), ...(page > 1 && { page: String(page) }) }).toString();
  return search === '' ? '/billing/credit' : `/billing/credit?${search}`;
}

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('credit');
  return { title: text('statementTitle') };
}

export default async function CreditStatementPage({ searchParams }: PageProps<'/billing/credit'>) {
  const { context } = await requireSession();
  const { currency, page } = query.parse(await searchParams);
  const [text, balances, movements] = await Promise.all([getTranslations('credit'), getCredit(context), listMovements(context, { currency, page, pageSize })]);
  const lastPage = Math.max(1, Math.ceil(movements.total / pageSize));
  if (page > lastPage) redirect(await portalAddress(address({ currency, page: lastPage })));
  const tabs = balances.map((balance) => ({ href: address({ currency: balance.currency }), label: balance.currency, current: balance.currency === movements.currency }));

  return (
    <Page>
      <PageHeader
        back={{ href: '/billing', label: text('back') }}
        title={text('statementTitle')}
        description={text('statementDescription')}
        actions={tabs.length > 1 && <FilterTabs label={text('balance')} tabs={tabs} />}
      />
      <Card padding="none">
        {movements.items.length > 0 ? (
          <>
            <MovementTable movements={toPlain(movements.items)} currency={movements.currency} />
            <CardFooter>
              <Pagination page={page} pageSize={pageSize} total={movements.total} href={(target) => address({ currency, page: target })} />
            </CardFooter>
          </>
        ) : (
          <EmptyState title={text('empty')} description={text('emptyText')} />
        )}
      </Card>
    </Page>
  );
}
