import { randomInt } from 'node:crypto';

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const lower = 'abcdefghijklmnopqrstuvwxyz0123456789';

function random(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** Random capitals and digits, as most ids of PayPal are. */
export const capitals = (length: number): string => random(upper, length);

/** What each kind of thing is called by. */
export const newId = {
  order: () => capitals(17),
  payment: () => capitals(17),
  customer: () => random(lower, 10),
  setupToken: () => capitals(17),
  paymentToken: () => random(lower, 17),
  product: () => `PROD-${capitals(17)}`,
  plan: () => `P-${capitals(24)}`,
  subscription: () => `I-${capitals(12)}`,
  agreement: () => `BA-${capitals(17)}`,
  dispute: () => `PP-R-${capitals(3)}-${randomInt(1_000_000, 9_999_999)}`,
  webhook: () => capitals(17),
  event: () => `WH-${capitals(17)}-${capitals(17)}`,
  request: () => random('0123456789abcdef', 13),
};
