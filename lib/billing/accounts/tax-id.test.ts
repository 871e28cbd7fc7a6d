import { describe, expect, it } from 'vitest';
import { normaliseTaxId, taxIdProblem } from './tax-id';

const problem = (country: string, typed: string) => taxIdProblem(country, normaliseTaxId(country, typed))?.reason ?? null;

describe('tax ids', () => {
  it.each([
    ['US', '12-3456789', '12-3456789'],
    ['US', '123456789', '12-3456789'],
    ['DE', 'de 123 456 789', 'DE123456789'],
    ['DE', '123456789', 'DE123456789'],
    ['GR', 'EL123456789', 'EL123456789'],
    ['GR', '123456789', 'EL123456789'],
    ['NL', 'NL123456789B01', 'NL123456789B01'],
    ['FR', 'IE1234567T', 'IE1234567T'],
    ['GB', '123 4567 89', 'GB123456789'],
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
    ['GB', 'GB12', 'form'],
    ['CN', '91310000MA1K00000', 'form'],
    ['CN', '91310000MA1KO00006', 'form'],
    ['BR', '<script>', 'form'],
  ])('refuses %s %s', (country, typed, reason) => {
    expect(problem(country, typed)).toBe(reason);
  });

  it('finds any single slip in a Chinese credit code', () => {
    const code = '91310000MA1K000006';
    for (let place = 2; place < 8; place += 1) {
      const slipped = code.slice(0, place) + ((Number(code.charAt(place)) + 1) % 10) + code.slice(place + 1);
      expect(taxIdProblem('CN', slipped)?.reason).toBe('check_digit');
    }
  });
});
