/** Text for a page, so that it cannot be taken for markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText; }
  main { width: min(26rem, calc(100vw - 3rem)); padding: 1.5rem; border: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); border-radius: .75rem; }
  h1 { font-size: 1.25rem; margin: .75rem 0 .25rem; }
  p { margin: 0 0 1rem; color: color-mix(in srgb, CanvasText 75%, Canvas); }
  .sandbox { display: inline-block; padding: .1rem .6rem; border-radius: 1rem; background: #b45309; color: #fff; font-size: .8rem; font-weight: 600; }
  fieldset { margin: 0 0 1rem; padding: 0; border: 0; }
  legend { font-weight: 600; padding: 0; margin-bottom: .25rem; }
  .option { display: flex; gap: .6rem; align-items: baseline; padding: .4rem 0; cursor: pointer; }
  .option small { display: block; color: color-mix(in srgb, CanvasText 75%, Canvas); }
  .field { display: block; margin: 0 0 .75rem; font-weight: 600; }
  .field input { display: block; box-sizing: border-box; width: 100%; margin-top: .25rem; padding: .6rem .75rem; border: 1px solid color-mix(in srgb, CanvasText 45%, Canvas); border-radius: .5rem; background: Canvas; color: CanvasText; font: inherit; font-weight: 400; }
  .amount { font-size: 1.5rem; font-weight: 600; color: CanvasText; }
  .choices { display: flex; gap: .75rem; flex-wrap: wrap; }
  button { flex: 1; padding: .65rem 1rem; border-radius: .5rem; border: 1px solid currentColor; background: none; color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
  button.primary { background: #4338ca; border-color: #4338ca; color: #fff; }
  button:focus-visible { outline: 3px solid #818cf8; outline-offset: 2px; }
`;

const marks = { en: 'Sandbox – no real money', zh: '沙盒环境 – 不涉及真实资金' };
export type PageLanguage = keyof typeof marks;

/** The language for a page: asked for by `locale`, English unless Chinese. */
export function languageOf(locale: string | null): PageLanguage {
  return locale?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** A small page of the sandbox, marked as such. `body` is markup. */
export function htmlPage(language: PageLanguage, title: string, body: string, mark = marks[language]): string {
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main><span class="sandbox">${mark}</span>${body}</main></body>
</html>`;
}
