import { describe, expect, it } from 'vitest';
import { isVatNumberOf, normaliseTaxId, taxIdProblem } from './tax-id';

const problem = (country: string, typed: string) => taxIdProblem(country, normaliseTaxId(country, typed))?.reason ?? null;

describe('tax ids', () => {
  it.each([
    ['US', '12-3456789', '12-3456789'],
    ['US', '123456789', '12-3456789'],
    ['DE', 'de 123 456 788', 'DE123456788'],
    ['DE', '123456788', 'DE123456788'],
    ['GR', 'EL123456783', 'EL123456783'],
    ['GR', '123456783', 'EL123456783'],
    ['NL', 'NL123456782B01', 'NL123456782B01'],
    ['FR', 'IE1234567T', 'IE1234567T'],
    ['GB', '123 4567 27', 'GB123456727'],
    ['CH', 'che 123456788 mwst', 'CHE-123.456.788 MWST'],
    ['CH', '123.456.788', 'CHE-123.456.788'],
    ['CN', '9131 0000 ma1k 0000 06', '91310000MA1K000006'],
    ['BR', ' 12.345.678/0001-95 ', '12.345.678/0001-95'],
    ['DE', '  ', ''],
  ])('accepts %s %s and keeps it as %s', (country, typed, kept) => {
    expect(normaliseTaxId(country, typed)).toBe(kept);
    expect(problem(country, typed)).toBeNull();
  });

  it.each([
    ['US', '12-345678', 'form'],
    ['US', 'DE123456789', 'form'],
    ['DE', '12345678', 'form'],
    ['DE', 'FR123456789012', 'form'],
    ['NL', 'NL123456789', 'form'],
    ['DE', 'DE123456789', 'check_digit'],
    ['FR', 'DE123456789', 'check_digit'],
    ['GB', 'GB123456728', 'check_digit'],
    ['CH', 'CHE-123.456.789', 'check_digit'],
    ['CH', 'CHE-123.456', 'form'],
    ['GB', 'GB12', 'form'],
    ['CN', '91310000MA1K00000', 'form'],
    ['CN', '91310000MA1KO00006', 'form'],
    ['BR', '<script>', 'form'],
  ])('refuses %s %s', (country, typed, reason) => {
    expect(problem(country, typed)).toBe(reason);
  });

  /** A number of each country whose check digits fit, and where its last digit stands. */
  const numbers = [
    'ATU12345675', 'BE0123456749', 'BG123456786', 'CZ12345679', 'DE123456788', 'DK12345607', 'EE123456780', 'EL123456783', 'ESB12345674', 'FI12345671', 'FR32123456789',
    'HR12345678903', 'HU12345676', 'IT12345678903', 'LT123456786', 'LU12345613', 'LV42345678904', 'MT12345634', 'PL1234567802', 'PT123456789', 'RO12345674', 'SI12345679', 'SK1234567807',
  ];

  it.each(numbers)('finds a slip in the last digit of %s', (number) => {
    const country = number.slice(0, 2) === 'EL' ? 'GR' : number.slice(0, 2);
    expect(problem(country, number)).toBeNull();
    for (let digit = 0; digit < 10; digit += 1) {
      const slipped = number.slice(0, -1) + digit;
      if (slipped !== number) expect([slipped, problem(country, slipped)]).toEqual([slipped, 'check_digit']);
    }
  });

  it.each([['CY', 'CY12345678F', 'CY12345678G'], ['IE', 'IE1234567T', 'IE1234567U'], ['NL', 'NL123456782B01', 'NL123456783B01'], ['SE', 'SE123456789701', 'SE123456789801'], ['ES', 'ES12345678Z', 'ES12345678A']])(
    'finds a slip in a number of %s',
    (country, right, slipped) => {
      expect(problem(country, right)).toBeNull();
      expect(problem(country, slipped)).toBe('check_digit');
    },
  );

  it('tell whether they are a VAT number of a country of the Union', () => {
    expect(isVatNumberOf('FR', 'fr 32 123 456 789')).toBe(true);
    expect(isVatNumberOf('GR', 'EL123456783')).toBe(true);
    for (const [country, taxId] of [['FR', '32123456789'], ['FR', 'FR33123456789'], ['FR', 'DE123456788'], ['GB', 'GB123456727'], ['FR', '']] as const) expect(isVatNumberOf(country, taxId)).toBe(false);
  });

  it('finds any single slip in a Chinese credit code', () => {
    const code = '91310000MA1K000006';
    for (let place = 2; place < 8; place += 1) {
      const slipped = code.slice(0, place) + ((Number(code.charAt(place)) + 1) % 10) + code.slice(place + 1);
      expect(taxIdProblem('CN', slipped)?.reason).toBe('check_digit');
    }
  });
});
