import type { Appearance } from '@stripe/stripe-js';

/** The variables of Stripe's appearance that the frame's style sheet knows, by the name it has there. */
const variables = {
  colorPrimary: '--primary',
  colorBackground: '--background',
  colorText: '--text',
  colorTextSecondary: '--text-secondary',
  colorTextPlaceholder: '--placeholder',
  colorDanger: '--danger',
  borderRadius: '--radius',
  spacingUnit: '--unit',
  fontFamily: '--font',
  fontSizeBase: '--size',
} as const;

/** The page's own rules for `.Input`, `.Label:hover` …; written through the CSSOM, so they can be nothing but declarations. */
const pageRules = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageRules];

export function applyAppearance({ theme = 'stripe', variables: given = {}, rules = {} }: Appearance): void {
  const root = document.documentElement;
  root.dataset.theme = theme;
  for (const [name, property] of Object.entries(variables)) {
    const value = given[name as keyof typeof variables];
    if (value === undefined) root.style.removeProperty(property);
    else root.style.setProperty(property, value);
  }
  pageRules.replaceSync('');
  for (const [selector, declarations] of Object.entries(rules)) {
    if (!/^\.[A-Za-z][\w-]*(:{1,2}[a-z-]+)?$/.test(selector)) continue;
    const rule = pageRules.cssRules[pageRules.insertRule(`${selector} {}`, pageRules.cssRules.length)] as CSSStyleRule;
    for (const [property, value] of Object.entries(declarations)) {
      rule.style.setProperty(property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), String(value));
    }
  }
}
