import { escapeHtml, htmlPage, type PageLanguage } from '../server/html-page';

const words = {
  en: {
    mark: 'Sandbox – nobody checks who you are',
    title: 'Demo sign-in',
    text: 'This stands in for a company’s own sign-in. Whoever you say you are is believed.',
    email: 'E-mail',
    verified: 'The address is verified',
    verifiedHint: 'A portal believes no other.',
    signIn: 'Sign in',
    cancel: 'Cancel',
  },
  zh: {
    mark: '沙盒环境 – 不验证身份',
    title: '演示登录',
    text: '此页面代替企业自己的登录系统，您填写的身份会被直接采信。',
    email: '邮箱',
    verified: '邮箱已验证',
    verifiedHint: '控制台只认可已验证的邮箱。',
    signIn: '登录',
    cancel: '取消',
  },
};

/** Asks who signs in; the answer is posted to the same address. */
export function signInPage(language: PageLanguage, suggested: string): string {
  const said = words[language];
  return htmlPage(
    language,
    said.title,
    `<h1>${said.title}</h1><p>${said.text}</p>
    <form method="post">
      <label class="field">${said.email}<input type="email" name="email" value="${escapeHtml(suggested)}" autocomplete="username" required></label>
      <label class="option"><input type="checkbox" name="verified" checked><span>${said.verified}<small>${said.verifiedHint}</small></span></label>
      <div class="choices">
        <button class="primary" name="decision" value="sign-in">${said.signIn}</button>
        <button name="decision" value="cancel" formnovalidate>${said.cancel}</button>
      </div>
    </form>`,
    said.mark,
  );
}
