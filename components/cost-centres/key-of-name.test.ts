import { expect, it } from 'vitest';
import { keyOfName } from './key-of-name';

it('makes a key that a product can name easily', () => {
  expect(['Research & labs', '  Café №2 ', 'Demo’s team', '研发一部', '—'].map(keyOfName)).toEqual(['research-labs', 'cafe-no2', 'demos-team', '研发一部', '']);
});
