import { crc32, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const longestSide = 2_000;
/** Samples a pixel by the colour type of the PNG specification (ISO/IEC 15948). */
const samples: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

export interface PictureSize {
  /** Pixels. */
  width: number;
  height: number;
}

/**
 * The size of a PNG that a document can show: whole, of 8 bits a sample, not interlaced, at most 2 000 pixels a side.
 * Null for anything else.
 */
export function readPng(bytes: Uint8Array): PictureSize | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.subarray(0, 8).equals(signature)) return null;
  const data: Buffer[] = [];
  let header: Buffer | undefined;
  for (let at = 8; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at);
    if (at + 12 + length > file.length) return null;
    const type = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (crc32(file.subarray(at + 4, at + 8 + length)) !== file.readUInt32BE(at + 8 + length)) return null;
    if (type === 'IHDR' && length === 13) header = body;
    if (type === 'IDAT') data.push(body);
    if (type === 'IEND') return header ? sizeOf(header, data) : null;
    at += 12 + length;
  }
  return null;
}

function sizeOf(header: Buffer, data: Buffer[]): PictureSize | null {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colour, interlace] = [header.readUInt8(8), header.readUInt8(9), header.readUInt8(12)];
  const perPixel = samples[colour];
  if (!perPixel || depth !== 8 || interlace !== 0 || width < 1 || height < 1 || width > longestSide || height > longestSide) return null;
  const expected = height * (1 + width * perPixel);
  try {
    return inflateSync(Buffer.concat(data), { maxOutputLength: expected }).length === expected ? { width, height } : null;
  } catch {
    return null;
  }
}
