import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureBuild } from './build';
import { javascriptOfPages } from './javascript-size';
import { projectRoot } from './project.mjs';

const limit = 180_000;
/** Pages that still send more, with what they may not pass either. */
const larger = new Map([
  ['(portal)/overview', 182_500],
  ['(portal)/billing/[invoiceId]', 185_500],
  ['(portal)/usage', 187_000],
  ['(portal)/billing', 190_000],
  ['(portal)/subscription', 197_000],
]);

describe('the JavaScript that a page begins with', () => {
  it('stays under 180 kB compressed, on five pages under what they send now', async () => {
    const { framework, pages } = javascriptOfPages(join(projectRoot, await ensureBuild()));
    const portal = pages.filter(({ page }) => page.startsWith('(portal)') || page.startsWith('(auth)'));
    expect(portal.map(({ page }) => page)).toEqual(expect.arrayContaining(['(portal)/account', '(portal)/usage', '(auth)/sign-in']));
    // React and Next's router alone; a page that sends no more than they are was not read rightly.
    expect(portal.filter(({ bytes }) => bytes <= framework)).toEqual([]);
    expect(portal.filter(({ page, bytes }) => bytes >= (larger.get(page) ?? limit))).toEqual([]);
  });
});
