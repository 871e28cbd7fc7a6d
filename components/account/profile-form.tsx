'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../ui/button';
import { FormGrid, SelectField, TextField, type Option } from '../ui/field';
import { Card, Section } from '../ui/section';
import type { ProfileDto, ProfileField } from './profile-fields';
import { SaveBar } from './save-bar';
import { useProfileForm, type SaveProfile } from './use-profile-form';

export interface CountryOption extends Option {
  /** Under which name the country knows tax ids. */
  taxId: 'ein' | 'vat' | 'credit_code' | 'other';
}

export interface ProfileFormProps {
  profile: ProfileDto;
  countries: readonly CountryOption[];
  timeZones: readonly Option[];
  currencies: readonly Option[];
  /** A running subscription was sold in the currency, so it cannot change now. */
  currencyLocked: boolean;
  saveProfile: SaveProfile;
}

/** The account's profile as one form with one save. */
export function ProfileForm({ profile, countries, timeZones, currencies, currencyLocked, saveProfile }: ProfileFormProps) {
  const text = useTranslations('account');
  const { form, values, errors, dirty, saving, change, discard, save } = useProfileForm(profile, saveProfile);

  // Hundreds of choices cost a phone more than the rest of the page: they come with the first touch of the form, before a list can open.
  const [isTouched, setTouched] = useState(false);
  const touch = () => setTouched(true);
  const long = (options: readonly Option[], value: string) => (isTouched ? options : options.filter((option) => option.value === value));

  const bind = (field: ProfileField) => ({
    name: field,
    label: text(`field_${field.replace('address.', '') as 'name'}`),
    value: values[field],
    error: errors[field],
    onChange: (event: { target: { value: string } }) => change(field, event.target.value),
  });
  const taxId = countries.find((country) => country.value === values['address.country'])?.taxId ?? 'other';

  return (
    <form
      ref={form}
      noValidate
      aria-label={text('profile')}
      className="flex flex-col gap-8"
      onFocus={touch}
      onPointerEnter={touch}
      onSubmit={(event) => {
        event.preventDefault();
        if (dirty.length > 0 && !saving) save();
      }}
    >
      <Section title={text('organisation')} description={text('organisationHint')}>
        <Card>
          <FormGrid>
            <TextField {...bind('name')} required maxLength={120} autoComplete="organization" />
            <TextField {...bind('legalName')} hint={text('legalNameHint')} optional maxLength={200} />
          </FormGrid>
        </Card>
      </Section>

      <Section title={text('contact')} description={text('contactHint')}>
        <Card>
          <FormGrid>
            <TextField {...bind('contactName')} optional maxLength={120} autoComplete="name" />
            <TextField {...bind('contactEmail')} type="email" required maxLength={254} autoComplete="email" />
            <TextField {...bind('phone')} type="tel" optional maxLength={30} autoComplete="tel" />
          </FormGrid>
        </Card>
      </Section>

      <Section title={text('address')} description={text('addressHint')}>
        <Card>
          <FormGrid>
            <SelectField {...bind('address.country')} options={long(countries, values['address.country'])} autoComplete="country" />
            <TextField {...bind('address.region')} optional maxLength={100} autoComplete="address-level1" />
            <TextField {...bind('address.city')} optional maxLength={100} autoComplete="address-level2" />
            <TextField {...bind('address.postalCode')} optional maxLength={20} autoComplete="postal-code" />
            <TextField {...bind('address.line1')} optional maxLength={200} autoComplete="address-line1" />
            <TextField {...bind('address.line2')} optional maxLength={200} autoComplete="address-line2" />
          </FormGrid>
        </Card>
      </Section>

      <Section title={text('tax')} description={text('taxHint')}>
        <Card>
          <FormGrid>
            <TextField {...bind('taxId')} label={text(`taxId_${taxId}`)} hint={text(`taxIdHint_${taxId}`)} optional maxLength={40} spellCheck={false} autoCapitalize="characters" />
          </FormGrid>
        </Card>
      </Section>

      <div id="invoices" className="scroll-mt-20">
        <Section title={text('invoiceDetails')} description={text('invoiceDetailsHint')}>
          <Card>
            <FormGrid>
              <TextField {...bind('invoiceEmails')} hint={text('invoiceEmailsHint')} optional maxLength={2_600} autoComplete="off" spellCheck={false} />
              <TextField {...bind('purchaseOrder')} hint={text('purchaseOrderHint')} optional maxLength={80} autoComplete="off" />
            </FormGrid>
          </Card>
        </Section>
      </div>

      <Section title={text('preferences')} description={text('preferencesHint')}>
        <Card>
          <FormGrid>
            <SelectField
              {...bind('language')}
              hint={text('languageHint')}
              options={[
                { value: 'en', label: 'English' },
                { value: 'zh', label: '简体中文' },
              ]}
            />
            <SelectField {...bind('timeZone')} hint={text('timeZoneHint')} options={long(timeZones, values.timeZone)} />
            {currencyLocked ? (
              <TextField {...bind('currency')} hint={text('currencyLocked')} readOnly />
            ) : (
              <SelectField {...bind('currency')} hint={text('currencyHint')} options={currencies} />
            )}
          </FormGrid>
        </Card>
      </Section>

      <SaveBar changes={dirty.length}>
        <Button onClick={discard} disabled={saving}>
          {text('discard')}
        </Button>
        <Button type="submit" variant="primary" loading={saving}>
          {text('save')}
        </Button>
      </SaveBar>
    </form>
  );
}
