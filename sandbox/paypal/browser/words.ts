import type { PageLanguage } from '../../server/html-page';
import type { BuyerName } from '../buyers';

interface Words {
  titles: Record<'order' | 'setup' | 'subscription', string>;
  explained: Record<'order' | 'setup' | 'subscription', string>;
  agree: Record<'order' | 'setup' | 'subscription', string>;
  buyers: Record<BuyerName, { name: string; outcome: string }>;
  chooseBuyer: string;
  cancel: string;
  over: string;
  overExplained: string;
  wait: string;
  waitExplained: string;
}

const en: Words = {
  titles: { order: 'Pay with PayPal', setup: 'Save PayPal for later', subscription: 'Subscribe with PayPal' },
  explained: {
    order: 'A demo of the page on which a buyer confirms a payment.',
    setup: 'A demo of the page on which a buyer lets the seller charge their PayPal account later.',
    subscription: 'A demo of the page on which a buyer agrees to regular payments.',
  },
  agree: { order: 'Pay now', setup: 'Agree and continue', subscription: 'Agree and subscribe' },
  buyers: {
    pays: { name: 'Demo buyer who pays', outcome: 'Every payment goes through.' },
    declined: { name: 'Demo buyer who is declined', outcome: 'The payment is declined when it is captured.' },
    declines_later: { name: 'Demo buyer who is declined later', outcome: 'This payment goes through; later ones are declined.' },
    pending: { name: 'Demo buyer under review', outcome: 'The payment is pending at first, then completes.' },
    denied: { name: 'Demo buyer who fails the review', outcome: 'The payment is pending at first, then is denied.' },
    slow_refund: { name: 'Demo buyer with slow refunds', outcome: 'Payments go through; refunds are pending at first.' },
  },
  chooseBuyer: 'Continue as',
  cancel: 'Cancel and return',
  over: 'Nothing to approve',
  overExplained: 'This is finished, or was never asked for. You can close this page.',
  wait: 'One moment',
  waitExplained: 'The seller is preparing your payment.',
};

const zh: Words = {
  titles: { order: '使用 PayPal 付款', setup: '保存 PayPal 以便日后付款', subscription: '使用 PayPal 订阅' },
  explained: {
    order: '此页面演示买家确认付款的过程。',
    setup: '此页面演示买家授权商家日后从其 PayPal 账户扣款的过程。',
    subscription: '此页面演示买家同意定期付款的过程。',
  },
  agree: { order: '立即付款', setup: '同意并继续', subscription: '同意并订阅' },
  buyers: {
    pays: { name: '付款成功的演示买家', outcome: '所有付款均会成功。' },
    declined: { name: '付款被拒的演示买家', outcome: '扣款时会被拒绝。' },
    declines_later: { name: '日后被拒的演示买家', outcome: '本次付款成功，之后的扣款会被拒绝。' },
    pending: { name: '付款需审核的演示买家', outcome: '付款先处于待处理状态，随后完成。' },
    denied: { name: '审核未通过的演示买家', outcome: '付款先处于待处理状态，随后被拒绝。' },
    slow_refund: { name: '退款较慢的演示买家', outcome: '付款会成功，退款先处于待处理状态。' },
  },
  chooseBuyer: '继续使用以下身份',
  cancel: '取消并返回',
  over: '没有待确认的事项',
  overExplained: '该事项已结束或不存在，您可以关闭本页面。',
  wait: '请稍候',
  waitExplained: '商家正在准备您的付款。',
};

export const words: Record<PageLanguage, Words> = { en, zh };
