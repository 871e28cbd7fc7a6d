import type Stripe from 'stripe';
import { escapeHtml, htmlPage, languageOf, type PageLanguage } from '../../server/html-page';
import { spokenAmount } from '../amounts';
import { intentBySecret, openChallenge, type Intent } from '../objects/confirmation';
import { finishPaymentChallenge } from '../objects/payment-attempt';
import { finishSetupChallenge } from '../objects/setup-intent';
import type { PageAnswer, Resource } from '../resource';
import type { Sandbox } from '../sandbox';

const words = {
  en: {
    title: '3D Secure check',
    pay: (amount: string) => `Your bank asks you to confirm that you are paying ${amount}.`,
    save: 'Your bank asks you to confirm that you are saving this card.',
    complete: 'Complete',
    fail: 'Fail',
    gone: 'Nothing to check',
    goneText: 'This check is over, or was never asked for. You can close this page.',
  },
  zh: {
    title: '3D Secure 验证',
    pay: (amount: string) => `发卡银行请您确认本次支付 ${amount}。`,
    save: '发卡银行请您确认保存这张银行卡。',
    complete: '通过验证',
    fail: '验证失败',
    gone: '没有待处理的验证',
    goneText: '此次验证已结束或不存在，您可以关闭本页面。',
  },
};

function gone(language: PageLanguage): PageAnswer {
  return { status: 404, body: htmlPage(language, words[language].gone, `<h1>${words[language].gone}</h1><p>${words[language].goneText}</p>`) };
}

function question(intent: Intent, language: PageLanguage): string {
  const said = words[language];
  const reason = intent.object === 'payment_intent' ? said.pay(spokenAmount(intent.amount, intent.currency)) : said.save;
  return htmlPage(
    language,
    said.title,
    `<h1>${said.title}</h1><p>${escapeHtml(reason)}</p>
    <form method="post" class="choices">
      <button class="primary" name="outcome" value="complete">${said.complete}</button>
      <button name="outcome" value="fail">${said.fail}</button>
    </form>`,
  );
}

/** Where the customer goes afterwards: https://docs.stripe.com/payments/payment-intents/verifying-status */
function returnTo(intent: Intent, returnUrl: string): string {
  const url = new URL(returnUrl);
  url.searchParams.set(intent.object, intent.id);
  url.searchParams.set(`${intent.object}_client_secret`, intent.client_secret!);
  const went = ['succeeded', 'processing', 'requires_capture'].includes(intent.status);
  url.searchParams.set('redirect_status', went ? 'succeeded' : 'failed');
  return url.href;
}

/** Tells the page that opened this one, or holds it in a frame. It learns the outcome only by asking for the intent. */
function tellOpener(intent: Intent, language: PageLanguage): string {
  const message = JSON.stringify({ source: 'stripe-sandbox', type: 'challenge', intent: intent.id });
  const script = `for (const page of [window.parent, window.opener]) if (page && page !== window) page.postMessage(${message.replaceAll('<', '\\u003c')}, '*');`;
  return htmlPage(language, words[language].title, `<h1>${words[language].gone}</h1><p>${words[language].goneText}</p><script>${script}</script>`);
}

/** Finishes the challenge of an intent as the customer would. */
export function finishChallenge(sandbox: Sandbox, intent: Intent, passed: boolean): void {
  if (intent.object === 'payment_intent') finishPaymentChallenge(sandbox, intent as Stripe.PaymentIntent, passed);
  else finishSetupChallenge(sandbox, intent as Stripe.SetupIntent, passed);
}

/** The page at which a customer passes or fails 3D Secure. `?embedded=1` answers a frame instead of going to the return address. */
export const challenges: Resource = {
  pages: [
    {
      method: 'GET',
      path: '/_pages/challenge/:id',
      answer({ sandbox, path, query }) {
        const language = languageOf(query.get('locale'));
        const intent = intentBySecret(sandbox, path.id!, query.get('client_secret'));
        if (!intent || !openChallenge(sandbox, intent.id)) return gone(language);
        return { body: question(intent, language) };
      },
    },
    {
      method: 'POST',
      path: '/_pages/challenge/:id',
      answer({ sandbox, path, query, form }) {
        const language = languageOf(query.get('locale'));
        const intent = intentBySecret(sandbox, path.id!, query.get('client_secret'));
        const challenge = intent && openChallenge(sandbox, intent.id);
        if (!intent || !challenge) return gone(language);
        const outcome = form.get('outcome');
        if (outcome !== 'complete' && outcome !== 'fail') return { status: 400, body: question(intent, language) };
        sandbox.act(() => finishChallenge(sandbox, intent, outcome === 'complete'));
        if (challenge.returnUrl && query.get('embedded') !== '1') return { status: 303, headers: { location: returnTo(intent, challenge.returnUrl) } };
        return { body: tellOpener(intent, language) };
      },
    },
  ],
};
