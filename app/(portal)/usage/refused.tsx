import { getTranslations } from 'next-intl/server';
import { EventFilter } from '@/components/usage/event-filter';
import { ViolationTable } from '@/components/usage/violation-table';
import { Pagination } from '@/components/ui/navigation';
import { Card, CardFooter, Section } from '@/components/ui/section';
import { listViolations } from '@/lib/billing/alerts/list-violations';
import { listFeatures } from '@/lib/billing/catalog/list-features';
import { refusalReasons } from '@/lib/billing/quota/engine/meter-item';
import { toPlain } from '@/lib/http/plain';
import { formatQuantity } from '@/lib/i18n/format';
import type { UsageFrame } from './frame';
import { usageHref } from './search';

const pageSize = 20;

/** Calls that were refused in some days. */
export async function Refused({ context, wanted, days, period, locale }: UsageFrame) {
  const [text, features] = await Promise.all([getTranslations('usage'), listFeatures()]);
  const feature = features.find(({ key }) => key === wanted.feature)?.key;
  const { reason } = wanted;
  const violations = await listViolations(context, { ...days, feature, reason, page: wanted.page ?? 1, pageSize });
  const search = { ...days, ...(feature && { feature }), ...(reason && { reason }) };
  const calls = formatQuantity(violations.calls.toString(), locale);
  return (
    <Section title={text('refusedTitle')} description={violations.total > 0 ? text('refusedSum', { calls }) : text('refusedDescription')}>
      <EventFilter
        key={JSON.stringify(search)}
        days={days}
        feature={feature ?? ''}
        features={features.filter(({ kind }) => kind !== 'boolean' && kind !== 'list').map((one) => ({ value: one.key, label: one.name[locale] }))}
        reason={reason ?? ''}
        reasons={refusalReasons.map((value) => ({ value, label: text(`reason_${value}`) }))}
        keep={{ view: 'refused', ...(period && { period }) }}
      />
      <Card padding="none">
        <ViolationTable violations={toPlain(violations.items)} features={features} />
        {violations.total > 0 && (
          <CardFooter>
            <Pagination
              page={violations.page}
              pageSize={violations.pageSize}
              total={violations.total}
              href={(page) => usageHref({ view: 'refused', period, ...search, page: String(page) })}
            />
          </CardFooter>
        )}
      </Card>
    </Section>
  );
}
