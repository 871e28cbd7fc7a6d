import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPng } from './png';

const logo = readFileSync('prisma/seed/logo.png');

describe('a logo', () => {
  it('is a PNG, whose size is told', () => {
    expect(readPng(logo)).toEqual({ width: 240, height: 72 });
  });

  it('is nothing else, and whole', () => {
    expect(readPng(new Uint8Array())).toBeNull();
    expect(readPng(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeNull();
    for (let length = 0; length < logo.length; length += 1) expect(readPng(logo.subarray(0, length))).toBeNull();
  });

  it('has no byte that was changed', () => {
    for (let place = 0; place < logo.length - 12; place += 7) {
      const changed = Buffer.from(logo);
      changed[place]! ^= 1;
      expect(readPng(changed)).toBeNull();
    }
  });
});
