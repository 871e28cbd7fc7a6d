import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import { cardError, invalidRequest } from './errors';
import { address, anyHash, hash, integer, metadata, oneOf, text, unsettable, type Inferred } from './parameters';
import type { Sandbox } from './sandbox';
import { testBankAccounts, testCards, testRoutingNumber, type TestBankAccount, type TestCard } from './test-cards';

export const billingDetails = () =>
  hash({ address: unsettable(address()).optional(), email: unsettable(text()).optional(), name: unsettable(text()).optional(), phone: unsettable(text()).optional(), tax_id: text().optional() });

/** What describes a payment method, for `POST /v1/payment_methods` and for `payment_method_data` of an intent. */
export const paymentMethodData = {
  type: oneOf(['card', 'us_bank_account']),
  allow_redisplay: oneOf(['always', 'limited', 'unspecified']).optional(),
  billing_details: billingDetails().optional(),
  card: hash({ number: text().optional(), exp_month: integer().optional(), exp_year: integer().optional(), cvc: text(4).optional(), token: text().optional(), networks: anyHash().optional() }).optional(),
  us_bank_account: hash({
    account_number: text().optional(),
    routing_number: text().optional(),
    account_holder_type: oneOf(['individual', 'company']).optional(),
    account_type: oneOf(['checking', 'savings']).optional(),
  }).optional(),
  metadata: metadata().optional(),
};
export type PaymentMethodData = Inferred<typeof paymentMethodData>;

/** What the sandbox remembers of a payment method beside what Stripe shows: never the number itself. */
export interface Instrument {
  /** The payment method's id. */
  id: string;
  card: Omit<TestCard, 'number' | 'names'> | null;
  bankAccount: Omit<TestBankAccount, 'number'> | null;
  /** True once the customer agreed to payments off session, by a setup or with a payment. */
  setUp: boolean;
  mandate: string | null;
  /** True once the customer told which small deposits arrived at the bank account. */
  verified: boolean;
}

/** The table of instruments. */
export const instrumentTable = 'instrument';

const fingerprint = (number: string): string => createHash('sha256').update(`sandbox ${number}`).digest('base64url').replace(/[-_]/g, '').slice(0, 16);

function passesLuhn(number: string): boolean {
  const digits = [...number].reverse().map(Number);
  const sum = digits.reduce((total, digit, index) => total + (index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0);
  return sum % 10 === 0;
}

const wrongNumber = () => cardError('Your card number is incorrect.', { code: 'incorrect_number', param: 'number' });

function testCardOf(number: string): TestCard {
  const digits = number.replace(/[\s-]/g, '');
  if (!/^\d{12,19}$/.test(digits) || !passesLuhn(digits)) throw wrongNumber();
  const found = testCards.find((one) => one.number === digits);
  if (found) return found;
  throw cardError('Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.', { code: 'card_declined', decline_code: 'test_mode_live_card' });
}

interface Expiry {
  month: number;
  year: number;
  cvc: string | undefined;
}

function assertUsable(test: TestCard, { month, year, cvc }: Expiry, now: Date): void {
  if (month < 1 || month > 12) throw cardError("Your card's expiration month is invalid.", { code: 'invalid_expiry_month', param: 'exp_month' });
  const past = year < now.getUTCFullYear() || (year === now.getUTCFullYear() && month < now.getUTCMonth() + 1);
  if (past && year < now.getUTCFullYear()) throw cardError("Your card's expiration year is invalid.", { code: 'invalid_expiry_year', param: 'exp_year' });
  if (past) throw cardError("Your card's expiration month is invalid.", { code: 'invalid_expiry_month', param: 'exp_month' });
  const length = test.brand === 'amex' ? [3, 4] : [3];
  if (cvc !== undefined && (!/^\d+$/.test(cvc) || !length.includes(cvc.length))) throw cardError("Your card's security code is invalid.", { code: 'invalid_cvc', param: 'cvc' });
}

/** The card part of a payment method. */
export function describeCard(test: TestCard, { month, year, cvc }: Expiry, hasAddress: boolean): Stripe.PaymentMethod.Card {
  return {
    brand: test.brand,
    checks: {
      address_line1_check: hasAddress ? (test.line1Check ?? 'pass') : null,
      address_postal_code_check: hasAddress ? (test.postalCodeCheck ?? 'pass') : null,
      cvc_check: cvc === undefined ? null : (test.cvcCheck ?? 'pass'),
    },
    country: test.country,
    display_brand: test.brand === 'amex' ? 'american_express' : test.brand,
    exp_month: month,
    exp_year: year,
    fingerprint: fingerprint(test.number),
    funding: test.funding,
    generated_from: null,
    last4: test.number.slice(-4),
    networks: { available: [test.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: test.brand !== 'amex' },
    wallet: null,
  };
}

const behaviourOf = ({ number: _, names: __, ...behaviour }: TestCard): Instrument['card'] => behaviour;

/** A payment method that is yet to be made. */
export interface Description {
  type: 'card' | 'us_bank_account';
  shown: Pick<Stripe.PaymentMethod, 'card' | 'us_bank_account'>;
  behaviour: Pick<Instrument, 'card' | 'bankAccount'>;
}

function describedCard(test: TestCard, expiry: Expiry, hasAddress: boolean): Description {
  return { type: 'card', shown: { card: describeCard(test, expiry, hasAddress) }, behaviour: { card: behaviourOf(test), bankAccount: null } };
}

function describedAccount({ number, ...account }: TestBankAccount, holder: string | undefined, type: string | undefined): Description {
  return {
    type: 'us_bank_account',
    shown: {
      us_bank_account: {
        account_holder_type: (holder ?? 'individual') as 'individual',
        account_type: (type ?? 'checking') as 'checking',
        bank_name: 'STRIPE TEST BANK',
        financial_connections_account: null,
        fingerprint: fingerprint(number),
        last4: number.slice(-4),
        networks: { preferred: 'ach', supported: ['ach'] },
        routing_number: testRoutingNumber,
        status_details: {},
      },
    },
    behaviour: { card: null, bankAccount: account },
  };
}

const nextYear = (sandbox: Sandbox): Expiry => ({ month: 12, year: new Date(sandbox.clock.now()).getUTCFullYear() + 1, cvc: undefined });

/** What `pm_card_visa`, `tok_visa` and `pm_usBankAccount_success` stand for; null for other ids. */
export function describeByName(sandbox: Sandbox, id: string): Description | null {
  const [, kind, name] = /^(pm_card_|tok_|pm_usBankAccount_)(.+)$/.exec(id) ?? [];
  if (!kind || !name) return null;
  if (kind === 'pm_usBankAccount_') {
    const account = testBankAccounts.find((one) => one.name === name);
    return account ? describedAccount(account, undefined, undefined) : null;
  }
  const test = testCards.find((one) => one.names.includes(name));
  return test ? describedCard(test, nextYear(sandbox), false) : null;
}

/** What the caller described. Throws Stripe's errors for numbers and dates that cannot be. */
export function describe(sandbox: Sandbox, { type, card, us_bank_account, billing_details }: PaymentMethodData): Description {
  if (type === 'us_bank_account') {
    if (!us_bank_account?.account_number) throw invalidRequest('Missing required param: us_bank_account[account_number].', { code: 'parameter_missing', param: 'us_bank_account[account_number]' });
    if (!billing_details?.name) throw invalidRequest('Missing required param: billing_details[name].', { code: 'parameter_missing', param: 'billing_details[name]' });
    const account = testBankAccounts.find((one) => one.number === us_bank_account.account_number);
    if (!account) throw invalidRequest('You must use a test bank account number in test mode. Try 000123456789 or see more options at https://stripe.com/docs/testing.', { code: 'account_number_invalid', param: 'us_bank_account[account_number]' });
    if (us_bank_account.routing_number !== testRoutingNumber) throw invalidRequest('Invalid routing number: use 110000000 in test mode.', { code: 'routing_number_invalid', param: 'us_bank_account[routing_number]' });
    return describedAccount(account, us_bank_account.account_holder_type, us_bank_account.account_type);
  }
  if (card?.token) {
    const named = describeByName(sandbox, card.token);
    if (!named) throw invalidRequest(`No such token: '${card.token}'`, { code: 'resource_missing', param: 'card[token]' });
    return named;
  }
  for (const name of ['number', 'exp_month', 'exp_year'] as const) {
    if (card?.[name] === undefined) throw invalidRequest(`Missing required param: card[${name}].`, { code: 'parameter_missing', param: `card[${name}]` });
  }
  const test = testCardOf(card!.number!);
  const year = card!.exp_year! < 100 ? 2000 + card!.exp_year! : card!.exp_year!;
  const expiry = { month: card!.exp_month!, year, cvc: card!.cvc };
  assertUsable(test, expiry, new Date(sandbox.clock.now()));
  return describedCard(test, expiry, Boolean(billing_details?.address));
}
