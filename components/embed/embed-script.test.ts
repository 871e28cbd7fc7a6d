import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const script = readFileSync('public/embed.js');

describe('the script for host pages', () => {
  it('is under 5 kB, gzipped', () => {
    expect(gzipSync(script, { level: 9 }).byteLength).toBeLessThan(5 * 1024);
  });

  it('imports nothing', () => {
    expect(script.toString()).not.toMatch(/\bimport\b|\brequire\(/);
  });
});
