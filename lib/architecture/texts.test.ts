import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileAmong, importsOf, sourceFiles } from './imports';
import { namespacesAsked, textUseOf } from './texts';

const files = sourceFiles();
const fileOf = fileAmong(files);
const known = new Map(files.map((file) => [file, { imports: importsOf(file), use: textUseOf(file) }]));
const house = { fileOf, importsOf: (file: string) => known.get(file)!.imports, useOf: (file: string) => known.get(file)!.use };

/** What Next makes pages of. The one for errors of the outermost layout stands alone, without any texts. */
const entries = files.filter((file) => /^app\/(.*\/)?(page|layout|loading|error|not-found)\.tsx$/.test(file));
const layouts = entries.filter((file) => file.endsWith('/layout.tsx'));
const asked = new Map(entries.map((entry) => [entry, namespacesAsked(entry, house)]));
const givenBy = (file: string): string[] => known.get(file)!.use.given;
const isBelow = (file: string, layout: string): boolean => `${dirname(file)}/`.startsWith(`${dirname(layout)}/`);
// An error is shown in place of the page, in the layout beside it; a layout shows its own parts in what it gives.
const givenTo = (entry: string): string[] => layouts.filter((layout) => isBelow(entry, layout)).flatMap(givenBy);

describe('the texts that are sent to the browser', () => {
  it('are read of pages that have some', () => {
    expect(entries.length).toBeGreaterThan(30);
    expect([...asked.get('app/(portal)/usage/page.tsx')!]).toEqual(expect.arrayContaining(['common', 'errors', 'usage']));
  });

  it('are all that the components of each page ask for there', () => {
    const missing = entries.flatMap((entry) => [...asked.get(entry)!].filter((namespace) => !givenTo(entry).includes(namespace)).map((namespace) => `${entry}: ${namespace}`));
    expect(missing).toEqual([]);
  });

  it('are given by layouts alone, so that a page does not send again what it has', () => {
    expect(files.filter((file) => givenBy(file).length > 0 && !layouts.includes(file))).toEqual([]);
    const twice = layouts.flatMap((layout) => {
      const above = layouts.filter((other) => other !== layout && isBelow(layout, other)).flatMap(givenBy);
      return givenBy(layout).filter((namespace) => above.includes(namespace)).map((namespace) => `${layout}: ${namespace}`);
    });
    expect(twice).toEqual([]);
  });

  it('are no more than what is below each layout asks for', () => {
    const surplus = layouts.flatMap((layout) => {
      const below = new Set(entries.filter((entry) => isBelow(entry, layout)).flatMap((entry) => [...asked.get(entry)!]));
      return givenBy(layout).filter((namespace) => !below.has(namespace)).map((namespace) => `${layout}: ${namespace}`);
    });
    expect(surplus).toEqual([]);
  });
});
