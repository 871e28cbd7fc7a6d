import { describe, expect, it } from 'vitest';
import type { AccountProfile } from './account';
import { countries } from './countries';
import { applyChange, changeIssues, differences, profileIssues } from './profile';
import { isTimeZone } from './time-zones';

const profile: AccountProfile = {
  name: 'Demo Trading',
  legalName: 'Demo Trading Inc.',
  contactName: 'Demo Person',
  contactEmail: 'billing@demo.example',
  phone: '',
  address: { line1: '1 Demo Street', line2: '', city: 'San Francisco', region: 'CA', postalCode: '94103', country: 'US' },
  taxId: '12-3456789',
  purchaseOrder: '',
  invoiceEmails: [],
  language: 'en',
  timeZone: 'America/Los_Angeles',
  currency: 'USD',
};

const fieldsOf = (change: Parameters<typeof applyChange>[1]) => changeIssues(applyChange(profile, change), change).map((issue) => `${issue.field} ${issue.code}`);

describe('a profile', () => {
  it('has nothing wrong when it is right', () => {
    expect(profileIssues(profile)).toEqual([]);
  });

  it('changes only what is named, inside the address too', () => {
    const changed = applyChange(profile, { contactName: '  Other   Person ', address: { city: 'Oakland' } });
    expect(changed).toEqual({ ...profile, contactName: 'Other Person', address: { ...profile.address, city: 'Oakland' } });
  });

  it.each([
    [{ name: '   ' }, ['name name_required']],
    [{ contactEmail: 'nobody' }, ['contactEmail email_form']],
    [{ invoiceEmails: ['invoices@demo.example', 'nobody'] }, ['invoiceEmails emails_form']],
    [{ contactEmail: 'a@b' }, ['contactEmail email_form']],
    [{ phone: 'call me' }, ['phone phone_form']],
    [{ address: { postalCode: '9410' } }, ['address.postalCode postal_code_form']],
    [{ address: { country: 'ZZ' } }, ['address.country country_unknown']],
    [{ address: { country: 'DE' } }, ['taxId tax_id_form']],
    [{ address: { country: 'CN' } }, ['address.postalCode postal_code_form', 'taxId tax_id_form']],
    [{ address: { country: 'CN', postalCode: '200000' }, taxId: '91310000MA1K000007' }, ['taxId tax_id_check_digit']],
    [{ timeZone: 'Mars/Olympus' }, ['timeZone time_zone_unknown']],
    [{ timeZone: '+08:00' }, ['timeZone time_zone_unknown']],
    [{ currency: 'ABC' }, ['currency currency_unknown']],
  ])('names the field that is wrong: %j', (change, expected) => {
    expect(fieldsOf(change)).toEqual(expected);
  });

  it('lets an old flaw elsewhere stand', () => {
    const flawed = { ...profile, contactEmail: '' };
    const change = { name: 'New name' };
    expect(changeIssues(applyChange(flawed, change), change)).toEqual([]);
  });

  it('tells what differs, by path', () => {
    const after = applyChange(profile, { address: { city: 'Oakland' }, language: 'zh' });
    expect(differences(profile, after)).toEqual({
      before: { 'address.city': 'San Francisco', language: 'en' },
      after: { 'address.city': 'Oakland', language: 'zh' },
    });
  });
});

describe('lists of places', () => {
  it('have every country once', () => {
    expect(countries).toHaveLength(249);
    expect(new Set(countries).size).toBe(249);
  });

  it('know old and new names of time zones', () => {
    expect(['UTC', 'Asia/Shanghai', 'Asia/Calcutta', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires'].filter((zone) => !isTimeZone(zone))).toEqual([]);
  });
});
