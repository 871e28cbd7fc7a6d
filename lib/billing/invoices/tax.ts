import { isEuropeanUnion, isVatNumberOf } from '../accounts/tax-id';
import type { Localized } from '../catalog/catalog';
import type { TaxTreatment } from './invoice';

/** A rate of the seller for a place. `region` empty: the whole country. `category` empty: the ordinary rate. */
export interface TaxRate {
  country: string;
  region: string;
  category: string;
  name: Localized;
  /** Exact percentage of at most four decimals: `19` or `8.875`. */
  percentage: string;
  /** Whether prices at this place hold the tax already. */
  inclusive: boolean;
}

/** What tax an invoice bears: the rate of each category of what is sold, the ordinary one first. */
export interface Tax {
  treatment: TaxTreatment;
  /** Whether prices hold the tax already: the total is then the price, and the net is what the tax leaves of it. */
  inclusive: boolean;
  rates: readonly AppliedRate[];
}

export interface AppliedRate {
  category: string;
  name: Localized;
  percentage: string;
}

export interface TaxedParty {
  country: string;
  taxId: string;
}

export const noTax: Tax = { treatment: 'none', inclusive: false, rates: [] };

/**
 * A business of another country of the European Union than the seller's owes the VAT itself. A VAT number of a country
 * other than the customer's own, or one whose check digits do not fit, proves no business there, so it changes nothing.
 */
function isReverseCharge(seller: TaxedParty, customer: TaxedParty): boolean {
  return isEuropeanUnion(seller.country) && seller.country !== customer.country && isVatNumberOf(customer.country, customer.taxId);
}

const reverseCharge: Tax = {
  treatment: 'reverse_charge',
  inclusive: false,
  rates: [{ category: '', name: { en: 'VAT (reverse charge)', zh: '增值税（反向征收）' }, percentage: '0' }],
};

/**
 * The tax of a sale by the place of the customer: for each category a rate of the region before one of the country; no
 * rate, no tax. Whether prices include it is what the ordinary rate says, for one invoice cannot have it both ways.
 */
export function decideTax(seller: TaxedParty, customer: TaxedParty & { region: string }, rates: readonly TaxRate[]): Tax {
  if (isReverseCharge(seller, customer)) return reverseCharge;
  const region = customer.region.trim().toUpperCase();
  const here = rates.filter((rate) => rate.country === customer.country && (rate.region === '' || rate.region.toUpperCase() === region));
  const categories = [...new Set(here.map(({ category }) => category))].sort();
  const applied = categories.flatMap((category) => {
    const ofCategory = here.filter((rate) => rate.category === category);
    return ofCategory.find((rate) => rate.region !== '') ?? ofCategory[0] ?? [];
  });
  if (applied.length === 0) return noTax;
  return { treatment: 'standard', inclusive: applied[0]?.inclusive ?? false, rates: applied.map(({ category, name, percentage }) => ({ category, name, percentage })) };
}

/** The rate of what is sold in a category: its own, else the ordinary one; none where the seller has none. */
export function rateFor(tax: Tax, category = ''): AppliedRate | undefined {
  return tax.rates.find((rate) => rate.category === category) ?? tax.rates.find((rate) => rate.category === '');
}
