// The workbench's own script: what it does with the portal is in `showPortal`.
const rest = document.querySelector('#rest');
const place = document.querySelector('#portal');
const heard = document.querySelector('#heard');
const wanted = new URLSearchParams(location.search);
let language = wanted.get('lang') === 'zh' || (!wanted.has('lang') && navigator.language.startsWith('zh')) ? 'zh' : 'en';
let theme = wanted.get('theme') === 'dark' ? 'dark' : 'light';

function showPortal() {
  if (place.firstElementChild) return;
  const portal = document.querySelector('#portal-element').content.firstElementChild.cloneNode(true);
  portal.setAttribute('language', language);
  portal.setAttribute('theme', theme);
  const says = (name, words) => portal.addEventListener(name, ({ detail }) => (heard.textContent = words(detail)));
  says('portal-plan-changed', ({ plan }) => (language === 'zh' ? `套餐已变更为：${plan}` : `Plan changed: ${plan}`));
  says('portal-payment-done', () => (language === 'zh' ? '付款已完成' : 'Payment done'));
  says('portal-error', ({ code }) => (language === 'zh' ? `控制台未能打开：${code}` : `The portal did not open: ${code}`));
  place.append(portal);
}

function show() {
  const current = location.hash || '#conversations';
  for (const link of document.querySelectorAll('.side a')) {
    const isCurrent = link.hash === current;
    link.toggleAttribute('aria-current', isCurrent);
    if (isCurrent) document.querySelector('h1').textContent = link.textContent.replace(/[^\p{L}\p{N}&\s]/gu, '').trim();
  }
  rest.hidden = current === '#account';
  place.hidden = !rest.hidden;
  if (!place.hidden) showPortal();
}

function speak() {
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
  document.documentElement.dataset.theme = theme;
  for (const element of document.querySelectorAll('[data-zh]')) {
    element.dataset.en ??= element.textContent;
    element.textContent = language === 'zh' ? element.dataset.zh : element.dataset.en;
  }
  document.querySelector('#language').textContent = language === 'zh' ? 'English' : '中文';
  const portal = place.firstElementChild;
  portal?.setAttribute('language', language);
  portal?.setAttribute('theme', theme);
  show();
}

document.querySelector('#language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh';
  speak();
});
document.querySelector('#theme').addEventListener('click', () => {
  theme = theme === 'dark' ? 'light' : 'dark';
  speak();
});
addEventListener('hashchange', show);
speak();
