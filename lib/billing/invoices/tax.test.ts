import { describe, expect, it } from 'vitest';
import { decideTax, noTax, rateFor, type TaxRate } from './tax';

const rate = (country: string, region: string, name: string, percentage: string, category = ''): TaxRate => ({ country, region, category, name: { en: name, zh: name }, percentage, inclusive: country === 'FR' });
const rates = [rate('DE', '', 'VAT', '19'), rate('US', 'NY', 'Sales tax', '8.875'), rate('ES', '', 'VAT', '21'), rate('ES', 'Canarias', 'IGIC', '7'), rate('FR', '', 'VAT', '5.5', 'books'), rate('FR', '', 'VAT', '20')];

const german = { country: 'DE', taxId: 'DE123456788' };
const at = (country: string, region = '', taxId = '') => decideTax(german, { country, region, taxId }, rates);

describe('tax by the place of the customer', () => {
  it.each([
    ['its country has a rate', at('DE'), '19'],
    ['its region has a rate of its own', at('ES', 'Canarias'), '7'],
    ['its region is written in another case', at('ES', ' canarias '), '7'],
    ['its region has none, but the country does', at('ES', 'Madrid'), '21'],
    ['only its region has a rate', at('US', 'NY'), '8.875'],
  ])('is charged where %s', (_, tax, percentage) => {
    expect(tax).toMatchObject({ treatment: 'standard', inclusive: false, rates: [{ category: '', percentage }] });
  });

  it('has a rate of its own for a category where the seller has one, and the ordinary rate otherwise', () => {
    expect(at('FR')).toMatchObject({ inclusive: true, rates: [{ category: '', percentage: '20' }, { category: 'books', percentage: '5.5' }] });
    expect(rateFor(at('FR'), 'books')?.percentage).toBe('5.5');
    expect(rateFor(at('DE'), 'books')?.percentage).toBe('19');
    expect(rateFor(noTax, 'books')).toBeUndefined();
  });

  it('is none where the seller has no rate', () => {
    expect(at('US', 'OR')).toEqual(noTax);
    expect(at('CN')).toEqual(noTax);
  });
});

describe('reverse charge', () => {
  it.each([['FR', 'FR32123456789'], ['FR', 'fr 32 123 456 789'], ['GR', 'EL123456783'], ['ES', 'ESB12345674']])('applies to a business in %s with the number %s', (country, taxId) => {
    expect(at(country, '', taxId)).toMatchObject({ treatment: 'reverse_charge', inclusive: false, rates: [{ percentage: '0' }] });
  });

  it('does not apply without a tax id, at home, or with a number of another country', () => {
    expect(at('FR').treatment).toBe('standard');
    expect(at('DE', '', 'DE123456788').treatment).toBe('standard');
    expect(at('FR', '', 'DE123456788').treatment).toBe('standard');
    expect(at('FR', '', '32123456789').treatment).toBe('standard');
    expect(at('FR', '', 'FR33123456789').treatment).toBe('standard');
  });

  it('does not apply when the seller or the customer is outside the European Union', () => {
    expect(decideTax({ country: 'US', taxId: '' }, { country: 'FR', region: '', taxId: 'FR32123456789' }, rates).treatment).toBe('standard');
    expect(at('GB', '', 'GB123456727')).toEqual(noTax);
  });
});
