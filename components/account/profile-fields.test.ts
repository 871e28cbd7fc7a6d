import { describe, expect, it } from 'vitest';
import { changedFields, changeOf, mergeSaved, valuesOf, type ProfileDto } from './profile-fields';

const profile: ProfileDto = {
  name: 'Demo Trading', legalName: '', contactName: '', contactEmail: 'billing@demo.example', phone: '',
  address: { line1: '', line2: '', city: 'Berlin', region: '', postalCode: '10115', country: 'DE' },
  taxId: '', purchaseOrder: '', invoiceEmails: ['one@demo.example'], language: 'en', timeZone: 'Europe/Berlin', currency: 'EUR',
};
const saved = valuesOf(profile);

describe('the profile form', () => {
  it('sends nothing when nothing changed', () => {
    expect(changeOf(saved, { ...saved })).toEqual({});
  });

  it('sends what changed, the address inside the address', () => {
    const values = { ...saved, name: 'Demo', 'address.city': 'Munich', 'address.postalCode': '80331' };
    expect(changedFields(saved, values)).toEqual(['name', 'address.city', 'address.postalCode']);
    expect(changeOf(saved, values)).toEqual({ name: 'Demo', address: { city: 'Munich', postalCode: '80331' } });
  });

  it('sends the addresses for invoices one by one, whatever stands between them', () => {
    expect(saved.invoiceEmails).toBe('one@demo.example');
    expect(changeOf(saved, { ...saved, invoiceEmails: 'one@demo.example; two@demo.example，three@demo.example ' })).toEqual({ invoiceEmails: ['one@demo.example', 'two@demo.example', 'three@demo.example'] });
  });

  it('keeps what was typed while it was being saved', () => {
    const sent = { ...saved, name: ' Demo ', phone: '12345' };
    const current = { ...sent, phone: '123456' };
    expect(mergeSaved(current, sent, { ...sent, name: 'Demo' })).toMatchObject({ name: 'Demo', phone: '123456' });
  });
});
