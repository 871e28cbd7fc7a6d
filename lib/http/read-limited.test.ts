import { describe, expect, it } from 'vitest';
import { readLimited } from './read-limited';

const request = (body: string | ReadableStream, headers: Record<string, string> = {}): Request =>
  new Request('http://portal.example/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);

function streamOf(chunks: string[], fails = false): ReadableStream {
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk !== undefined) controller.enqueue(new TextEncoder().encode(chunk));
      else if (fails) controller.error(new Error('gone'));
      else controller.close();
    },
  });
}

describe('readLimited', () => {
  it.each([
    ['of a declared length', () => request('{"text":"\u4f59\u989d"}', { 'content-length': '17' })],
    ['in chunks', () => request(streamOf(['{"text":"', '\u4f59\u989d', '"}']))],
  ])('reads a body %s', async (_, made) => {
    expect(await readLimited(made(), 17)).toBe('{"text":"\u4f59\u989d"}');
  });

  it.each([
    ['declares more', () => request('12', { 'content-length': '11' })],
    ['sends more in chunks', () => request(streamOf(['123456', '789012']))],
    ['sends more than it declares', () => request('123456789012', { 'content-length': '2' })],
    ['declares nothing that is a number', () => request('123456789012', { 'content-length': 'some' })],
  ])('refuses a sender that %s', async (_, made) => {
    await expect(readLimited(made(), 10)).rejects.toMatchObject({ code: 'body_too_large' });
  });

  it.each<Record<string, string>>([{}, { 'content-length': '9' }])('says so when the sender went away before the end: %j', async (headers) => {
    await expect(readLimited(request(streamOf(['123'], true), headers), 10)).rejects.toMatchObject({ code: 'malformed_body' });
  });
});
