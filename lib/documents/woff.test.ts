import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { unpackWoff } from './woff';

it('unpacks a WOFF file to a font whose tables have their checksums', () => {
  const font = unpackWoff(readFileSync('node_modules/@fontsource/inter/files/inter-latin-400-normal.woff'));
  expect(font.readUInt32BE(0)).toBe(0x00010000);
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + index * 16);
  expect(tables.length).toBeGreaterThan(8);
  for (const entry of tables) {
    const tag = font.toString('latin1', entry, entry + 4);
    if (tag === 'head') continue; // It holds the checksum of the whole file, left out of its own.
    const [offset, length] = [font.readUInt32BE(entry + 8), font.readUInt32BE(entry + 12)];
    const words = Buffer.alloc(Math.ceil(length / 4) * 4);
    font.copy(words, 0, offset, offset + length);
    let sum = 0;
    for (let at = 0; at < words.length; at += 4) sum = (sum + words.readUInt32BE(at)) >>> 0;
    expect([tag, sum]).toEqual([tag, font.readUInt32BE(entry + 4)]);
  }
});

it('refuses another file', () => {
  expect(() => unpackWoff(Buffer.from('wOF2 and more'))).toThrow(RangeError);
});
