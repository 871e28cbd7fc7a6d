import { useLocale, useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { DescriptionList } from '@/components/ui/description-list';
import { TextLink } from '@/components/ui/navigation';
import { Card, Section } from '@/components/ui/section';
import { Money } from '@/components/ui/values';
import { addressLines } from '@/lib/i18n/address';
import type { MoneyDto } from '@/lib/i18n/format';
import type { ProfileDto } from '../account/profile-fields';

interface BillingDetailsProps {
  profile: Pick<ProfileDto, 'name' | 'legalName' | 'address' | 'taxId' | 'purchaseOrder' | 'invoiceEmails' | 'language'>;
  /** What usage past the limits may cost in a period; null: no cap. */
  spendCap: MoneyDto | null;
  mayChange: boolean;
}

/** What the next invoice will say of the customer, whom it is sent to, and the cap on what usage may cost; with the way to change each. */
export function BillingDetails({ profile, spendCap, mayChange }: BillingDetailsProps) {
  const text = useTranslations('billing');
  const account = useTranslations('account');
  const locale = useLocale();
  const { name, legalName, address, taxId, purchaseOrder, invoiceEmails, language } = profile;
  return (
    <Section title={text('details')} description={text('detailsHint')} actions={mayChange && <ButtonLink size="small" href="/account#invoices">{text('changeDetails')}</ButtonLink>}>
      <Card>
        <DescriptionList
          items={[
            { term: account('field_legalName'), value: legalName || name },
            { term: account('address'), value: addressLines(address, locale).join('\n') || null },
            { term: account('field_taxId'), value: taxId || null },
            { term: account('field_purchaseOrder'), value: purchaseOrder || null },
            { term: account('field_invoiceEmails'), value: invoiceEmails.join('\n') || null },
            { term: account('field_language'), value: language === 'zh' ? '简体中文' : 'English' },
            {
              term: text('spendCap'),
              value: (
                <>
                  {spendCap ? <Money value={spendCap} /> : text('spendCapNone')} <TextLink href="/usage">{text('spendCapWhere')}</TextLink>
                </>
              ),
            },
          ]}
        />
      </Card>
    </Section>
  );
}
