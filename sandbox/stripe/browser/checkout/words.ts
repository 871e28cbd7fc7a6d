import type { Language } from '../words';

const en = {
  sandbox: 'Sandbox – no real money',
  titles: { payment: 'Pay', subscription: 'Subscribe', setup: 'Save a payment method' },
  order: 'Order summary',
  total: 'Total due today',
  email: 'Email',
  emailFault: 'Enter an email address such as name@example.com.',
  method: 'Payment method',
  saved: (brand: string, last4: string) => `${brand} ending in ${last4}`,
  expires: (expiry: string) => `expires ${expiry}`,
  another: 'Another payment method',
  save: 'Save it for my next payments',
  pay: (amount: string) => `Pay ${amount}`,
  subscribe: 'Subscribe',
  trial: (days: number) => `Free for ${days} days, then as above`,
  saveButton: 'Save',
  working: 'Processing…',
  back: 'Back',
  quantity: (count: number) => `× ${count}`,
  every: { day: 'per day', week: 'per week', month: 'per month', year: 'per year' },
  everyMany: { day: (n: number) => `every ${n} days`, week: (n: number) => `every ${n} weeks`, month: (n: number) => `every ${n} months`, year: (n: number) => `every ${n} years` },
  complete: 'You are all done here',
  completeText: 'This checkout is complete. Nothing more will be charged.',
  pendingText: 'The debit of your bank account is under way. It takes a few days.',
  goOn: 'Go on',
  expired: 'This checkout has expired',
  expiredText: 'Nothing was charged. Go back and start again.',
  unknown: 'This checkout does not exist',
  unknownText: 'Check the address, or start again where you came from.',
  failed: 'We could not reach the payment service. Nothing more was charged by this click: try again in a moment.',
};

const zh: typeof en = {
  sandbox: '沙盒环境 · 不涉及真实资金',
  titles: { payment: '付款', subscription: '订阅', setup: '保存支付方式' },
  order: '订单摘要',
  total: '今日应付总额',
  email: '电子邮箱',
  emailFault: '请填写电子邮箱，例如 name@example.com。',
  method: '支付方式',
  saved: (brand, last4) => `${brand}，尾号 ${last4}`,
  expires: (expiry) => `有效期至 ${expiry}`,
  another: '使用其他支付方式',
  save: '保存以便下次付款时使用',
  pay: (amount) => `支付 ${amount}`,
  subscribe: '订阅',
  trial: (days) => `免费试用 ${days} 天，之后按上述价格收费`,
  saveButton: '保存',
  working: '正在处理…',
  back: '返回',
  quantity: (count) => `× ${count}`,
  every: { day: '每天', week: '每周', month: '每月', year: '每年' },
  everyMany: { day: (n) => `每 ${n} 天`, week: (n) => `每 ${n} 周`, month: (n) => `每 ${n} 个月`, year: (n) => `每 ${n} 年` },
  complete: '已完成',
  completeText: '此结账已完成，不会再次扣款。',
  pendingText: '正在从您的银行账户扣款，需要几天时间。',
  goOn: '继续',
  expired: '此结账已过期',
  expiredText: '未产生任何扣款。请返回后重新开始。',
  unknown: '找不到此结账',
  unknownText: '请检查网址，或返回原页面重新开始。',
  failed: '无法连接到支付服务。本次点击未产生额外扣款，请稍后重试。',
};

export const checkoutWords: Record<Language, typeof en> = { en, zh };

const unitsWithoutDecimals = ['bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg', 'rwf', 'vnd', 'vuv', 'xaf', 'xof', 'xpf'];

/** An amount in the smallest unit, as Stripe counts it, in the reader's own way of writing money. */
export function money(language: Language, amount: number, currency: string): string {
  const minor = unitsWithoutDecimals.includes(currency) ? amount : amount / 100;
  return new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-US', { style: 'currency', currency: currency.toUpperCase() }).format(minor);
}
