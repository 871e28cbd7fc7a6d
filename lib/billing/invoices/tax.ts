import type { Localized } from '../catalog/catalog';
import type { TaxTreatment } from './invoice';

/** A rate of the seller for a place. `region` empty: the whole country. */
export interface TaxRate {
  country: string;
  region: string;
  name: Localized;
  /** Exact percentage: `19` or `8.875`. */
  percentage: string;
}

/** What tax an invoice bears. `percentage` is `0` unless the treatment is `standard`. */
export interface Tax {
  treatment: TaxTreatment;
  name: Localized;
  percentage: string;
}

export interface TaxedParty {
  country: string;
  taxId: string;
}

export const noTax: Tax = { treatment: 'none', name: { en: '', zh: '' }, percentage: '0' };

const europeanUnion = new Set([
  'AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU',
  'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK',
]);

/** The country that a VAT identification number of the European Union names, else undefined. */
function vatCountry(taxId: string): string | undefined {
  const compact = taxId.replace(/[\s.-]/g, '').toUpperCase();
  if (!/^[A-Z]{2}[A-Z0-9]{2,13}$/.test(compact)) return undefined;
  const prefix = compact.slice(0, 2);
  const country = prefix === 'EL' ? 'GR' : prefix;
  return europeanUnion.has(country) ? country : undefined;
}

/**
 * A business of another country of the European Union than the seller's owes the VAT itself. A VAT number of a country
 * other than the customer's own proves no business there, so it changes nothing.
 */
function isReverseCharge(seller: TaxedParty, customer: TaxedParty): boolean {
  if (!europeanUnion.has(seller.country) || seller.country === customer.country) return false;
  return vatCountry(customer.taxId) === customer.country;
}

/** The tax of a sale by the place of the customer: a rate of the region before one of the country; no rate, no tax. */
export function decideTax(seller: TaxedParty, customer: TaxedParty & { region: string }, rates: readonly TaxRate[]): Tax {
  if (isReverseCharge(seller, customer)) {
    return { treatment: 'reverse_charge', name: { en: 'VAT (reverse charge)', zh: '增值税（反向征收）' }, percentage: '0' };
  }
  const region = customer.region.trim().toUpperCase();
  const ofCountry = rates.filter((rate) => rate.country === customer.country);
  const rate =
    ofCountry.find((candidate) => candidate.region !== '' && candidate.region.toUpperCase() === region) ??
    ofCountry.find((candidate) => candidate.region === '');
  return rate ? { treatment: 'standard', name: rate.name, percentage: rate.percentage } : noTax;
}
