import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hintCompilation } from './compile-hints';

describe('the hint to compile at once', () => {
  let build: string;
  beforeEach(() => void (build = mkdtempSync(join(tmpdir(), 'portal-build-'))));
  afterEach(() => rmSync(build, { recursive: true }));

  it('is the first line of what every page begins with, and of no other script', () => {
    writeFileSync(join(build, 'build-manifest.json'), JSON.stringify({ rootMainFiles: ['react.js'] }));
    writeFileSync(join(build, 'react.js'), 'start();');
    writeFileSync(join(build, 'page.js'), 'show();');
    hintCompilation(build);
    expect(readFileSync(join(build, 'react.js'), 'utf8')).toBe('//# allFunctionsCalledOnLoad\nstart();');
    expect(readFileSync(join(build, 'page.js'), 'utf8')).toBe('show();');
  });
});
