/** Stripe's published test cards and bank accounts, as data: https://docs.stripe.com/testing */

/** What an issuer says to a charge; the words are in `declines.ts`. */
export type DeclineName =
  | 'generic_decline' | 'insufficient_funds' | 'lost_card' | 'stolen_card' | 'expired_card' | 'incorrect_cvc' | 'processing_error'
  | 'card_velocity_exceeded' | 'fraudulent' | 'authentication_required';

/**
 * When 3D Secure is asked for.
 * `always`: for every payment and setup. `unless_set_up`: on session always, off session unless it was set up.
 * `on_session`: the card counts as set up already. `optional`: only where the seller asks for it.
 * `failing`: it cannot be performed, and the payment is declined. `optional_failing`: so, but only where asked for.
 */
export type Authentication = 'always' | 'unless_set_up' | 'on_session' | 'optional' | 'failing' | 'optional_failing';

export interface TestCard {
  number: string;
  /** `visa` is the payment method `pm_card_visa` and the token `tok_visa`. */
  names: readonly string[];
  brand: string;
  country: string;
  funding: 'credit' | 'debit' | 'prepaid';
  decline?: DeclineName;
  /** The card is declined when charged, but can be saved to a customer. */
  canBeAttached?: true;
  authentication?: Authentication;
  /** What happens to a payment once it has succeeded. */
  dispute?: 'fraudulent' | 'product_not_received' | 'inquiry' | 'early_fraud_warning' | 'general';
  /** `pending`: refunds succeed later. `fails`: refunds succeed, and fail later. */
  refund?: 'pending' | 'fails';
  /** Funds are available at once. */
  bypassesPending?: true;
  cvcCheck?: 'fail';
  riskLevel?: 'elevated' | 'highest';
  postalCodeCheck?: 'fail' | 'unavailable';
  line1Check?: 'fail' | 'unavailable';
}

type Behaviour = Omit<TestCard, 'number' | 'names' | 'brand' | 'country' | 'funding'>;

const card = (number: string, names: string, behaviour: Behaviour & Partial<Pick<TestCard, 'brand' | 'country' | 'funding'>> = {}): TestCard => ({
  number,
  names: names === '' ? [] : names.split(' '),
  brand: 'visa',
  country: 'US',
  funding: 'credit',
  ...behaviour,
});

const byBrand = [
  card('4242424242424242', 'visa us'),
  card('4111111111111111', ''),
  card('4012888888881881', ''),
  card('4000056655665556', 'visa_debit', { funding: 'debit' }),
  card('5555555555554444', 'mastercard', { brand: 'mastercard' }),
  card('2223003122003222', '', { brand: 'mastercard' }),
  card('5200828282828210', 'mastercard_debit', { brand: 'mastercard', funding: 'debit' }),
  card('5105105105105100', 'mastercard_prepaid', { brand: 'mastercard', funding: 'prepaid' }),
  card('378282246310005', 'amex amex_threeDSecureNotSupported', { brand: 'amex' }),
  card('371449635398431', '', { brand: 'amex' }),
  card('6011111111111117', 'discover', { brand: 'discover' }),
  card('6011000990139424', '', { brand: 'discover' }),
  card('6011981111111113', '', { brand: 'discover', funding: 'debit' }),
  card('3056930009020004', 'diners', { brand: 'diners' }),
  card('30569309025904', '', { brand: 'diners' }),
  card('36227206271667', '', { brand: 'diners' }),
  card('6555900000604105', '', { brand: 'discover' }),
  card('3566002020360505', 'jcb', { brand: 'jcb', country: 'JP' }),
  card('3530111333300000', '', { brand: 'jcb', country: 'JP' }),
  card('6200000000000005', 'unionpay', { brand: 'unionpay', country: 'CN' }),
  card('6200000000000047', '', { brand: 'unionpay', country: 'CN', funding: 'debit' }),
  card('6205500000000000004', '', { brand: 'unionpay', country: 'CN' }),
];

/** Visa credit cards by country, named by it: `pm_card_de`. */
const visaByCountry = {
  AR: '4000000320000021', BR: '4000000760000002', CA: '4000001240000000', CL: '4000001520000001', CO: '4000001700000003', CR: '4000001880000005',
  EC: '4000002180000000', MX: '4000004840008001', PA: '4000005910000000', PY: '4000006000000066', PE: '4000006040000068', UY: '4000008580000003',
  AE: '4000007840000001', AT: '4000000400000008', BE: '4000000560000004', BG: '4000001000000000', BY: '4000001120000005', HR: '4000001910000009',
  CY: '4000001960000008', CZ: '4000002030000002', DK: '4000002080000001', EE: '4000002330000009', FI: '4000002460000001', FR: '4000002500000003',
  DE: '4000002760000016', GI: '4000002920000005', GR: '4000003000000030', HU: '4000003480000005', IE: '4000003720000005', IT: '4000003800000008',
  LV: '4000004280000005', LI: '4000004380000004', LT: '4000004400000000', LU: '4000004420000006', MT: '4000004700000007', NL: '4000005280000002',
  NO: '4000005780000007', PL: '4000006160000005', PT: '4000006200000007', RO: '4000006420000001', SA: '4000006820000007', SI: '4000007050000006',
  SK: '4000007030000001', ES: '4000007240000007', SE: '4000007520000008', CH: '4000007560000009', GB: '4000008260000000', AU: '4000000360000006',
  CN: '4000001560000002', HK: '4000003440000004', IN: '4000003560000008', JP: '4000003920000003', MY: '4000004580000002', NZ: '4000005540000008',
  SG: '4000007020000003', TW: '4000001580000008', TH: '4000007640000003',
};

const byCountry = [
  ...Object.entries(visaByCountry).map(([country, number]) => card(number, country === 'TH' ? 'th_credit' : country.toLowerCase(), { country })),
  card('4000057640000008', 'th_debit', { country: 'TH', funding: 'debit' }),
  card('4000058260000005', 'gb_debit', { country: 'GB', funding: 'debit' }),
  card('5555558265554449', 'gb_mastercard', { country: 'GB', brand: 'mastercard' }),
  card('5200007840000022', 'ae_mastercard', { country: 'AE', brand: 'mastercard' }),
];

const declined = [
  card('4000000000000002', 'visa_chargeDeclined chargeDeclined', { decline: 'generic_decline' }),
  card('4000000000009995', 'visa_chargeDeclinedInsufficientFunds chargeDeclinedInsufficientFunds', { decline: 'insufficient_funds' }),
  card('4000000000009987', 'visa_chargeDeclinedLostCard', { decline: 'lost_card' }),
  card('4000000000009979', 'visa_chargeDeclinedStolenCard', { decline: 'stolen_card' }),
  card('4000000000000069', 'chargeDeclinedExpiredCard visa_chargeDeclinedExpiredCard', { decline: 'expired_card' }),
  card('4000000000000127', 'chargeDeclinedIncorrectCvc visa_chargeDeclinedIncorrectCvc', { decline: 'incorrect_cvc', cvcCheck: 'fail' }),
  card('4000000000000119', 'chargeDeclinedProcessingError visa_chargeDeclinedProcessingError', { decline: 'processing_error' }),
  card('4000000000006975', 'visa_chargeDeclinedVelocityLimitExceeded', { decline: 'card_velocity_exceeded' }),
  card('4000000000000341', 'chargeCustomerFail visa_chargeCustomerFail', { decline: 'generic_decline', canBeAttached: true }),
  card('4100000000000019', 'radarBlock chargeDeclinedFraudulent', { decline: 'fraudulent', riskLevel: 'highest' }),
  card('4000000000004954', 'riskLevelHighest', { decline: 'fraudulent', riskLevel: 'highest', canBeAttached: true }),
];

const checked = [
  card('4000000000009235', 'riskLevelElevated', { riskLevel: 'elevated' }),
  card('4000000000000101', 'cvcCheckFail', { cvcCheck: 'fail' }),
  card('4000000000000036', 'avsZipFail', { postalCodeCheck: 'fail' }),
  card('4000000000000028', 'avsLine1Fail', { line1Check: 'fail' }),
  card('4000000000000010', 'avsFail', { postalCodeCheck: 'fail', line1Check: 'fail' }),
  card('4000000000000044', 'avsUnchecked', { postalCodeCheck: 'unavailable', line1Check: 'unavailable' }),
];

const withDisputes = [
  card('4000000000000259', 'createDispute', { dispute: 'fraudulent' }),
  card('4000000000002685', 'createDisputeProductNotReceived', { dispute: 'product_not_received' }),
  card('4000000000001976', 'createDisputeInquiry', { dispute: 'inquiry' }),
  card('4000000000005423', 'createIssuerFraudRecord', { dispute: 'early_fraud_warning' }),
];

const withRefunds = [
  card('4000000000007726', 'pendingRefund', { refund: 'pending' }),
  card('4000000000005126', 'refundFail', { refund: 'fails' }),
  card('4000000000000077', 'bypassPending', { bypassesPending: true }),
  card('4000003720000278', 'bypassPendingInternational', { bypassesPending: true, country: 'IE' }),
];

const authenticated = [
  card('4000002500003155', 'authenticationRequiredOnSetup', { authentication: 'unless_set_up', country: 'FR' }),
  card('4000002760003184', 'authenticationRequired', { authentication: 'always', country: 'DE' }),
  card('4000003800000446', 'authenticationRequiredSetupForOffSession', { authentication: 'on_session', country: 'IT' }),
  card('4000008260003178', 'authenticationRequiredChargeDeclinedInsufficientFunds', { authentication: 'unless_set_up', decline: 'insufficient_funds', canBeAttached: true, country: 'GB' }),
  card('4000000000003220', 'threeDSecure2Required', { authentication: 'unless_set_up', country: 'IE' }),
  card('4000008400000027', '', { authentication: 'unless_set_up' }),
  card('4000008400001629', 'threeDSecureRequiredChargeDeclined', { authentication: 'unless_set_up', decline: 'generic_decline' }),
  card('4000008400001280', 'threeDSecureRequiredProcessingError', { authentication: 'failing' }),
  card('4000000000003055', 'threeDSecureOptional', { authentication: 'optional' }),
  card('4000000000003097', 'threeDSecureOptionalProcessingError', { authentication: 'optional_failing' }),
  // Authenticated without a challenge.
  card('4000000032200000', ''),
];

export const testCards: readonly TestCard[] = [...byBrand, ...byCountry, ...declined, ...checked, ...withDisputes, ...withRefunds, ...authenticated];

/** How a debit of a test bank account ends. `stays`: never. */
export type DebitOutcome = 'succeeds' | 'stays' | 'disputed' | 'account_closed' | 'no_account' | 'insufficient_funds' | 'debit_not_authorized' | 'invalid_currency' | 'blocked' | 'microdeposits_fail' | 'limit_exceeded';

export interface TestBankAccount {
  number: string;
  /** `success` is the payment method `pm_usBankAccount_success`. */
  name: string;
  outcome: DebitOutcome;
}

export const testRoutingNumber = '110000000';

export const testBankAccounts: readonly TestBankAccount[] = [
  { number: '000123456789', name: 'success', outcome: 'succeeds' },
  { number: '000111111113', name: 'accountClosed', outcome: 'account_closed' },
  { number: '000000004954', name: 'riskLevelHighest', outcome: 'blocked' },
  { number: '000111111116', name: 'noAccount', outcome: 'no_account' },
  { number: '000222222227', name: 'insufficientFunds', outcome: 'insufficient_funds' },
  { number: '000333333335', name: 'debitNotAuthorized', outcome: 'debit_not_authorized' },
  { number: '000444444440', name: 'invalidCurrency', outcome: 'invalid_currency' },
  { number: '000666666661', name: 'failMicrodeposits', outcome: 'microdeposits_fail' },
  { number: '000555555559', name: 'dispute', outcome: 'disputed' },
  { number: '000000000009', name: 'processing', outcome: 'stays' },
  { number: '000777777771', name: 'weeklyLimitExceeded', outcome: 'limit_exceeded' },
];
