import type { Appearance } from '@stripe/stripe-js';

/** Whether a colour such as `rgb(17, 18, 20)` is darker than the middle. */
export function isDark(colour: string): boolean {
  const [red = 255, green = 255, blue = 255] = (colour.match(/\d+(\.\d+)?/g) ?? []).map(Number);
  return red * 0.299 + green * 0.587 + blue * 0.114 < 128;
}

/** The look of our own fields, for Stripe's frame: our tokens as the present theme resolves them. Browser only. */
export function appearanceOfPage(): Appearance {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const colour = (token: string): string => {
    probe.style.color = `var(--color-${token})`;
    return getComputedStyle(probe).color;
  };
  const { fontFamily } = getComputedStyle(document.body);
  const field = colour('field');
  const appearance: Appearance = {
    theme: isDark(colour('canvas')) ? 'night' : 'stripe',
    labels: 'above',
    variables: {
      colorPrimary: colour('accent-ink'),
      colorBackground: colour('canvas'),
      colorText: colour('ink'),
      colorTextSecondary: colour('ink-muted'),
      colorTextPlaceholder: colour('ink-faint'),
      colorDanger: colour('negative-ink'),
      fontFamily,
      fontSizeBase: '14px',
      borderRadius: '6px',
      spacingUnit: '4px',
    },
    rules: {
      '.Input': { border: `1px solid ${field}`, boxShadow: 'none', padding: '8px 10px' },
      '.Input:focus': { border: `1px solid ${field}`, boxShadow: 'none', outline: `2px solid ${colour('accent-ink')}` },
      '.Input--invalid': { border: `1px solid ${colour('negative')}`, boxShadow: 'none' },
      '.Label': { fontWeight: '500', color: colour('ink') },
    },
  };
  probe.remove();
  return appearance;
}
