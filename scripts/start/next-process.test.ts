import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../prepare/project.mjs';
import { memoryFlags } from './next-process';

it.each(['start', 'bench:engine'])('gives `npm run %s` the memory flags of the process of Next', (name) => {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  expect(scripts[name]?.split(' ')).toEqual(expect.arrayContaining(memoryFlags));
});
