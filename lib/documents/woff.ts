import { inflateSync } from 'node:zlib';

const headerSize = { woff: 44, sfnt: 12 };
const entrySize = { woff: 20, sfnt: 16 };

/**
 * The font inside a WOFF 1 file as plain TrueType or OpenType. The renderer would unpack a table of a WOFF file each
 * time that it looks into it, in JavaScript, which took most of the time of a document.
 * Throws RangeError for a file that is no WOFF 1.
 */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new RangeError('This is not a WOFF 1 file.');
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const entry = headerSize.woff + index * entrySize.woff;
    const [offset, packedLength, length] = [woff.readUInt32BE(entry + 4), woff.readUInt32BE(entry + 8), woff.readUInt32BE(entry + 12)];
    const packed = woff.subarray(offset, offset + packedLength);
    return { tag: woff.subarray(entry, entry + 4), checksum: woff.readUInt32BE(entry + 16), data: packedLength < length ? inflateSync(packed) : packed };
  });

  const header = Buffer.alloc(headerSize.sfnt + count * entrySize.sfnt);
  const largestPower = 2 ** Math.floor(Math.log2(count));
  woff.copy(header, 0, 4, 8);
  header.writeUInt16BE(count, 4);
  header.writeUInt16BE(largestPower * 16, 6);
  header.writeUInt16BE(Math.log2(largestPower), 8);
  header.writeUInt16BE((count - largestPower) * 16, 10);

  let offset = header.length;
  const padded = tables.map(({ tag, checksum, data }, index) => {
    const entry = headerSize.sfnt + index * entrySize.sfnt;
    tag.copy(header, entry);
    header.writeUInt32BE(checksum, entry + 4);
    header.writeUInt32BE(offset, entry + 8);
    header.writeUInt32BE(data.length, entry + 12);
    const padding = Buffer.alloc((4 - (data.length % 4)) % 4);
    offset += data.length + padding.length;
    return Buffer.concat([data, padding]);
  });
  return Buffer.concat([header, ...padded]);
}
