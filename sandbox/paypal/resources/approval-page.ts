import { fileURLToPath } from 'node:url';
import { bundleScript } from '../../server/bundle';
import { escapeHtml, htmlPage, languageOf, type PageLanguage } from '../../server/html-page';
import type { PageAnswer } from '../../server/page';
import { approvalOf, returnAddress, type Approval } from '../approvals';
import type { ApprovalMessage } from '../browser/message';
import { words } from '../browser/words';
import { buyerNames, buyers, type BuyerName } from '../buyers';
import type { Money } from '../money';
import type { Page, Resource } from '../resource';
import type { Sandbox } from '../sandbox';

const html = 'text/html; charset=utf-8';
/** Its own styles and script are within the page; it goes on only to where the seller said. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'";

function notice(language: PageLanguage, title: 'over' | 'wait', script = ''): string {
  const said = words[language];
  const [heading, text] = title === 'over' ? [said.over, said.overExplained] : [said.wait, said.waitExplained];
  return htmlPage(language, heading, `<h1>${heading}</h1><p>${text}</p>${script}`);
}

function spoken({ currency_code, value }: Money, language: PageLanguage): string {
  return new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-US', { style: 'currency', currency: currency_code }).format(Number(value));
}

function question({ kind, amount, description }: Approval, language: PageLanguage): string {
  const said = words[language];
  const options = buyerNames.map(
    (name, index) =>
      `<label class="option"><input type="radio" name="buyer" value="${name}"${index === 0 ? ' checked' : ''}><span>${said.buyers[name].name}<small>${said.buyers[name].outcome}</small></span></label>`,
  );
  return htmlPage(
    language,
    said.titles[kind],
    `<h1>${said.titles[kind]}</h1><p>${said.explained[kind]}</p>
    ${amount ? `<p class="amount">${escapeHtml(spoken(amount, language))}</p>` : ''}${description ? `<p>${escapeHtml(description)}</p>` : ''}
    <form method="post">
      <fieldset><legend>${said.chooseBuyer}</legend>${options.join('')}</fieldset>
      <div class="choices">
        <button class="primary" name="decision" value="approve">${said.agree[kind]}</button>
        <button name="decision" value="cancel">${said.cancel}</button>
      </div>
    </form>`,
  );
}

/** Tells the page that opened this pop-up, and closes it. That page learns nothing else: what was paid it asks its own server. */
function tellOpener(approval: Approval, buyer: BuyerName | null, language: PageLanguage): string {
  const message: ApprovalMessage = { source: 'paypal-sandbox', token: approval.token, outcome: buyer ? 'approved' : 'cancelled', payerId: buyer && buyers[buyer].id };
  const told = JSON.stringify(message).replaceAll('<', '\\u003c');
  return notice(language, 'over', `<script>if (window.opener) window.opener.postMessage(${told}, '*'); window.close();</script>`);
}

const tokenOf = (query: URLSearchParams): string => query.get('token') ?? query.get('approval_session_id') ?? query.get('subscription_id') ?? query.get('ba_token') ?? '';
const languageFor = (query: URLSearchParams, approval: Approval | null): PageLanguage => languageOf(query.get('locale') ?? approval?.locale ?? null);
const found = (sandbox: Sandbox, query: URLSearchParams): Approval | null => approvalOf(sandbox, tokenOf(query));
const headers = { 'content-type': html, 'content-security-policy': policy };

/** The page at an address, as it is opened and as it is answered. `popup=1`: it was opened by `/sdk/js`. */
function approvalPages(path: string): Page[] {
  return [
    {
      method: 'GET',
      path,
      answer({ sandbox, query }) {
        const approval = found(sandbox, query);
        const language = languageFor(query, approval);
        return approval ? { headers, body: question(approval, language) } : { status: 404, headers, body: notice(language, 'over') };
      },
    },
    {
      method: 'POST',
      path,
      answer({ sandbox, query, form }) {
        const approval = found(sandbox, query);
        const language = languageFor(query, approval);
        if (!approval) return { status: 404, headers, body: notice(language, 'over') };
        const decision = form.get('decision');
        const buyer = buyerNames.find((name) => name === form.get('buyer'));
        if (decision !== 'cancel' && (decision !== 'approve' || !buyer)) return { status: 400, headers, body: question(approval, language) };
        const agreed = decision === 'approve' ? buyer! : null;
        if (agreed) sandbox.act(() => approval.agree(agreed));
        if (query.get('popup') === '1') return { headers, body: tellOpener(approval, agreed, language) };
        const location = returnAddress(approval, agreed);
        return location ? { status: 303, headers: { location } } : { headers, body: notice(language, 'over') };
      },
    },
  ];
}

/** Where a buyer agrees, without signing in, and what a seller's page loads instead of PayPal's script. */
export const approvalPage: Resource = {
  pages: [
    ...approvalPages('/checkoutnow'),
    ...approvalPages('/agreements/approve'),
    ...approvalPages('/webapps/billing/subscriptions'),
    { method: 'GET', path: '/_pages/approval/wait', answer: ({ query }) => ({ headers, body: notice(languageOf(query.get('locale')), 'wait') }) },
    {
      method: 'GET',
      path: '/sdk/js',
      async answer({ sandbox, query }): Promise<PageAnswer> {
        const clientId = query.get('client-id');
        if (clientId !== sandbox.settings.clientId) {
          const said = JSON.stringify(`SDK Validation error: client-id not recognized: ${clientId}`);
          return { status: 400, headers: { 'content-type': 'text/javascript; charset=utf-8' }, body: `throw new Error(${said});\n` };
        }
        const body = await bundleScript(fileURLToPath(new URL('../browser/sdk.ts', import.meta.url)));
        return { headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache', 'cross-origin-resource-policy': 'cross-origin' }, body };
      },
    },
  ],
};
