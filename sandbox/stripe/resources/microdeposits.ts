import type Stripe from 'stripe';
import { escapeHtml, htmlPage, languageOf, type PageLanguage } from '../../server/html-page';
import type { Failure } from '../declines';
import { invalidRequest, Refusal } from '../errors';
import { assertMaySee, intentBySecret, shownTo, unexpectedState, type Intent } from '../objects/confirmation';
import { beginDebit, failPayment } from '../objects/payment-attempt';
import { paymentIntent } from '../objects/payment-intent';
import { instrumentOf, paymentMethod } from '../objects/payment-method';
import { failSetup, saveMethod, setupIntent } from '../objects/setup-intent';
import { integer, list, text } from '../parameters';
import { post, type Resource } from '../resource';
import type { Sandbox } from '../sandbox';

const wrong = (code: string, message: string): Failure => ({ type: 'invalid_request_error', code: `payment_method_microdeposit_${code}`, message });

/** What amounts and descriptor codes stand for in test mode: https://docs.stripe.com/testing */
const told: Record<string, 'verified' | Failure> = {
  '32,45': 'verified',
  SM11AA: 'verified',
  '10,11': wrong('verification_attempts_exceeded', 'You have exceeded the number of allowed verification attempts.'),
  SM33CC: wrong('verification_attempts_exceeded', 'You have exceeded the number of allowed verification attempts.'),
  '40,41': wrong('verification_timeout', 'Microdeposit verification has timed out.'),
  SM44DD: wrong('verification_timeout', 'Microdeposit verification has timed out.'),
};

const undelivered = wrong('failed', 'The microdeposits could not be sent to the bank account.');

interface Answer {
  amounts?: number[];
  descriptor_code?: string;
}

function verify(sandbox: Sandbox, intent: Intent, { amounts, descriptor_code }: Answer): void {
  if (intent.next_action?.type !== 'verify_with_microdeposits') throw unexpectedState(intent, 'This intent does not wait for a verification with microdeposits.');
  if (!amounts === !descriptor_code) throw invalidRequest('Provide either amounts or descriptor_code.', { code: 'parameter_missing', param: 'amounts' });
  const method = sandbox.get(paymentMethod, String(intent.payment_method));
  const instrument = instrumentOf(sandbox, method.id);
  const key = descriptor_code ?? [...amounts!].sort((one, other) => one - other).join(',');
  const outcome = instrument.bankAccount?.outcome === 'microdeposits_fail' ? undelivered : told[key];
  if (!outcome) {
    throw invalidRequest('The amounts provided do not match the amounts that were sent to the bank account.', { code: `payment_method_microdeposit_verification_${amounts ? 'amounts' : 'descriptor_code'}_mismatch`, param: amounts ? 'amounts' : 'descriptor_code' });
  }
  if (outcome === 'verified') {
    instrument.verified = true;
    if (intent.object === 'payment_intent') beginDebit(sandbox, intent as Stripe.PaymentIntent, method);
    else saveMethod(sandbox, intent as Stripe.SetupIntent, method);
    return;
  }
  if (intent.object === 'payment_intent') failPayment(sandbox, intent as Stripe.PaymentIntent, method, outcome);
  else failSetup(sandbox, intent as Stripe.SetupIntent, method, outcome);
  const { message, ...more } = outcome;
  throw invalidRequest(message, { ...more, [intent.object]: structuredClone(intent) });
}

const parameters = { amounts: list(integer()).optional(), descriptor_code: text().optional(), client_secret: text().optional() };

const words = {
  en: { title: 'Verify your bank account', hint: 'Two small deposits were made. In this sandbox they are 32 and 45 cents.', first: 'First amount in cents', second: 'Second amount in cents', send: 'Verify', done: 'This account needs no verification any more. You can close this page.' },
  zh: { title: '验证银行账户', hint: '我们向您的账户汇入了两笔小额款项。在沙盒环境中，金额分别为 32 美分和 45 美分。', first: '第一笔金额（美分）', second: '第二笔金额（美分）', send: '验证', done: '该账户已无需验证，您可以关闭本页面。' },
};

function page(language: PageLanguage, intent: Intent | null, problem = ''): { status: number; body: string } {
  const said = words[language];
  const waits = intent?.next_action?.type === 'verify_with_microdeposits';
  const form = `<p>${said.hint}</p><p role="alert">${escapeHtml(problem)}</p>
    <form method="post">
      <p><label>${said.first} <input name="amount" inputmode="numeric" required></label></p>
      <p><label>${said.second} <input name="amount" inputmode="numeric" required></label></p>
      <div class="choices"><button class="primary">${said.send}</button></div>
    </form>`;
  return { status: intent ? 200 : 404, body: htmlPage(language, said.title, `<h1>${said.title}</h1>${waits ? form : `<p>${said.done}</p>`}`) };
}

/** Verifying a bank account by small deposits, for both kinds of intents. */
export const microdeposits: Resource = {
  routes: [paymentIntent, setupIntent].map((returns) =>
    post(`/v1/${returns.object}s/:id/verify_microdeposits`, {
      returns,
      publishable: true,
      parameters,
      answer({ sandbox, access, path, parameters: { client_secret, ...answer } }) {
        const intent = returns === paymentIntent ? sandbox.get(paymentIntent, path.id!, 'intent') : sandbox.get(setupIntent, path.id!, 'intent');
        assertMaySee(intent, access, client_secret);
        verify(sandbox, intent, answer);
        return shownTo(access, intent);
      },
    }),
  ),
  pages: [
    {
      method: 'GET',
      path: '/_pages/microdeposits/:id',
      answer: ({ sandbox, path, query }) => page(languageOf(query.get('locale')), intentBySecret(sandbox, path.id!, query.get('client_secret'))),
    },
    {
      method: 'POST',
      path: '/_pages/microdeposits/:id',
      answer({ sandbox, path, query, form }) {
        const language = languageOf(query.get('locale'));
        const intent = intentBySecret(sandbox, path.id!, query.get('client_secret'));
        if (!intent) return page(language, null);
        try {
          sandbox.act(() => verify(sandbox, intent, { amounts: form.getAll('amount').map(Number) }));
          return page(language, intent);
        } catch (error) {
          if (error instanceof Refusal) return page(language, intent, error.message);
          throw error;
        }
      },
    },
  ],
};
