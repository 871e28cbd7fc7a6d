import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureBuild } from './build';
import { javascriptOfPages } from './javascript-size';
import { projectRoot } from './project.mjs';

/** Charts are loaded after their pages, so they need no limit of their own. */
const limit = 166_000;

describe('the JavaScript that a page begins with', () => {
  it('stays under 166 kB compressed', async () => {
    const { framework, pages } = javascriptOfPages(join(projectRoot, await ensureBuild()));
    const portal = pages.filter(({ page }) => page.startsWith('(portal)') || page.startsWith('(auth)'));
    expect(portal.map(({ page }) => page)).toEqual(expect.arrayContaining(['(portal)/account', '(portal)/usage', '(auth)/sign-in']));
    // React and Next's router alone; a page that sends no more than they are was not read rightly.
    expect(portal.filter(({ bytes }) => bytes <= framework)).toEqual([]);
    expect(portal.filter(({ bytes }) => bytes >= limit)).toEqual([]);
  });
});
