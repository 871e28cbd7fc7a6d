import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DescriptionList } from '../ui/description-list';
import { Notice } from '../ui/notice';
import { Card, Section } from '../ui/section';
import type { ProfileDto } from './profile-fields';

export interface ProfileSummaryProps {
  profile: ProfileDto;
  /** Name of the country in the reader's language. */
  country: string;
  role: 'owner' | 'admin' | 'billing' | 'developer' | 'viewer';
}

/** The profile for members who may look but not change it. */
export function ProfileSummary({ profile, country, role }: ProfileSummaryProps) {
  const text = useTranslations('account');
  const shell = useTranslations('shell');
  const { address } = profile;
  const lines = [address.line1, address.line2, [address.city, address.region, address.postalCode].filter(Boolean).join(', '), country];
  const shown = (value: string): ReactNode => value || null;
  return (
    <>
      <Notice title={text('readOnlyTitle')}>{text('readOnly', { role: shell(`role_${role}`) })}</Notice>
      <Section title={text('profile')}>
        <Card>
          <DescriptionList
            items={[
              { term: text('field_name'), value: profile.name },
              { term: text('field_legalName'), value: shown(profile.legalName) },
              { term: text('field_contactName'), value: shown(profile.contactName) },
              { term: text('field_contactEmail'), value: shown(profile.contactEmail) },
              { term: text('field_phone'), value: shown(profile.phone) },
              { term: text('address'), value: lines.filter(Boolean).join('\n') },
              { term: text('field_taxId'), value: shown(profile.taxId) },
              { term: text('field_purchaseOrder'), value: shown(profile.purchaseOrder) },
              { term: text('field_invoiceEmails'), value: shown(profile.invoiceEmails.join(', ')) },
              { term: text('field_language'), value: profile.language === 'zh' ? '简体中文' : 'English' },
              { term: text('field_timeZone'), value: profile.timeZone },
              { term: text('field_currency'), value: profile.currency },
            ]}
          />
        </Card>
      </Section>
    </>
  );
}
