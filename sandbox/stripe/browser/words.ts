import type { CardFault } from './card';

export type Language = 'en' | 'zh';

/** The language of a locale as Stripe takes it (`auto`, `en-GB`, `zh-HK` …); what is not Chinese is shown in English. */
export function languageOf(locale: string | undefined): Language {
  const wanted = !locale || locale === 'auto' ? navigator.language : locale;
  return wanted.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

const en = {
  sandbox: 'Sandbox – no real money',
  methods: 'Pay by',
  card: 'Card',
  bank: 'US bank account',
  number: 'Card number',
  expiry: 'Expiration date',
  cvc: 'Security code',
  country: 'Country',
  postalCode: 'Postal code',
  zip: 'ZIP code',
  name: 'Full name',
  email: 'Email',
  routing: 'Routing number',
  account: 'Account number',
  accountHolder: 'Account holder',
  individual: 'Individual',
  company: 'Company',
  mandate: 'By going on, you let the seller debit this bank account for what you owe. Debits take several days.',
  frame: 'Secure payment input frame',
  challenge: 'Authentication by your bank',
  close: 'Close',
};

const zh: typeof en = {
  sandbox: '沙盒环境 · 不涉及真实资金',
  methods: '支付方式',
  card: '银行卡',
  bank: '美国银行账户',
  number: '卡号',
  expiry: '有效期',
  cvc: '安全码',
  country: '国家或地区',
  postalCode: '邮政编码',
  zip: '邮政编码',
  name: '姓名',
  email: '电子邮箱',
  routing: '银行路由号码',
  account: '银行账号',
  accountHolder: '账户持有人',
  individual: '个人',
  company: '企业',
  mandate: '继续即表示您授权商家从该银行账户扣取您的应付款项。扣款需要数日才能完成。',
  frame: '安全支付输入框',
  challenge: '银行身份验证',
  close: '关闭',
};

export const words: Record<Language, typeof en> = { en, zh };

/** Codes of what is wrong with a field, as Stripe's fields give them. */
export type FieldFault = CardFault | 'incomplete_name' | 'incomplete_email' | 'invalid_email' | 'incomplete_routing' | 'invalid_routing' | 'incomplete_account';

const faultsInEnglish: Record<FieldFault, string> = {
  incomplete_number: 'Your card number is incomplete.',
  invalid_number: 'Your card number is invalid.',
  incomplete_expiry: "Your card's expiration date is incomplete.",
  invalid_expiry_month: "Your card's expiration date is invalid.",
  invalid_expiry_year_past: "Your card's expiration year is in the past.",
  incomplete_cvc: "Your card's security code is incomplete.",
  incomplete_zip: 'Your postal code is incomplete.',
  incomplete_name: 'Please provide your full name.',
  incomplete_email: 'Please provide an email address.',
  invalid_email: 'Your email address is invalid.',
  incomplete_routing: 'Your routing number is incomplete.',
  invalid_routing: 'Your routing number is invalid.',
  incomplete_account: 'Your account number is incomplete.',
};

const faultsInChinese: Record<FieldFault, string> = {
  incomplete_number: '您的卡号不完整。',
  invalid_number: '您的卡号无效。',
  incomplete_expiry: '您的银行卡有效期不完整。',
  invalid_expiry_month: '您的银行卡有效期无效。',
  invalid_expiry_year_past: '您的银行卡已过期。',
  incomplete_cvc: '您的银行卡安全码不完整。',
  incomplete_zip: '您的邮政编码不完整。',
  incomplete_name: '请填写您的姓名。',
  incomplete_email: '请填写电子邮箱。',
  invalid_email: '您的电子邮箱地址无效。',
  incomplete_routing: '您的银行路由号码不完整。',
  invalid_routing: '您的银行路由号码无效。',
  incomplete_account: '您的银行账号不完整。',
};

export const faultWords: Record<Language, Record<FieldFault, string>> = { en: faultsInEnglish, zh: faultsInChinese };

/** What the API says in English only, by decline code or code. */
const refusalsInChinese: Record<string, string> = {
  card_declined: '您的银行卡被拒绝了。',
  generic_decline: '您的银行卡被拒绝了。',
  insufficient_funds: '您的银行卡余额不足。',
  expired_card: '您的银行卡已过期。',
  incorrect_cvc: '您的银行卡安全码不正确。',
  incorrect_number: '您的卡号不正确。',
  processing_error: '处理您的银行卡时出错，请稍后重试。',
  authentication_required: '您的银行卡需要身份验证。',
  payment_intent_authentication_failure: '我们无法验证您的付款方式。请选择其他付款方式后重试。',
  setup_intent_authentication_failure: '我们无法验证您的付款方式。请选择其他付款方式后重试。',
};

/** The API's message in the reader's language where there is one, else as the API gave it. */
export function refusal(language: Language, error: { code?: string; decline_code?: string; message?: string }): string | undefined {
  if (language === 'en') return error.message;
  return refusalsInChinese[error.decline_code ?? ''] ?? refusalsInChinese[error.code ?? ''] ?? error.message;
}
