import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright';

/** What a machine can see of a page that does not fit: in words, with the text that it concerns. */
export function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const flaws: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) flaws.push(`wider than the screen by ${root.scrollWidth - root.clientWidth} px`);
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (element.clientWidth < 2 || !element.checkVisibility({ visibilityProperty: true })) continue;
      const { overflowX } = getComputedStyle(element);
      const cut = (overflowX === 'hidden' || overflowX === 'clip') && element.scrollWidth > element.clientWidth + 1;
      if (cut && !element.closest('[title]') && element.innerText) flaws.push(`cut: ${element.innerText.slice(0, 60)}`);
      if (!element.matches('button, a') || element.querySelector('p, div, h2, h3')) continue;
      const range = document.createRange();
      range.selectNodeContents(element);
      const box = range.getBoundingClientRect();
      const frame = element.getBoundingClientRect();
      if (box.width > 1 && !element.querySelector('.truncate') && (box.right > frame.right + 1 || box.left < frame.left - 1)) flaws.push(`sticks out: ${element.innerText.slice(0, 60)}`);
      if (element.matches('button') && box.width > 1 && (box.right > innerWidth + 1 && !element.closest('[role=region], nav'))) flaws.push(`beyond the edge: ${element.innerText.slice(0, 60)}`);
    }
    return flaws;
  });
}

/** What stands against WCAG 2.2 AA, as far as axe finds it. The hosted fields of a payment provider are its own, as is the sample workbench's navigation; what only loads has no heading yet. */
export async function barriers(page: Page): Promise<string[]> {
  const builder = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).exclude('iframe[src*="/_pages/"]').exclude('body > .side').disableRules('page-has-heading-one');
  // A page without frames is read in itself, in half the time.
  const { violations } = await builder.setLegacyMode(page.frames().length === 1).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
