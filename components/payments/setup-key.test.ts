import { beforeEach, expect, it, vi } from 'vitest';
import { forgetSetupKey, setupKey } from './setup-key';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  });
});

it('stays the same while the tab is used, until the method is stored or the setup is old', () => {
  const first = setupKey(0);
  expect(setupKey(29 * 60_000)).toBe(first);
  const next = setupKey(31 * 60_000);
  expect(next).not.toBe(first);
  forgetSetupKey();
  expect(setupKey(31 * 60_000)).not.toBe(next);
});

it.each(['all of it', 'to write'])('is remembered by the page where the browser refuses storage to a frame: %s', (refused) => {
  const refuse = (): never => {
    throw new DOMException('Access is denied for this document.', 'SecurityError');
  };
  vi.stubGlobal('sessionStorage', { getItem: refused === 'to write' ? () => null : refuse, setItem: refuse });
  forgetSetupKey();
  const first = setupKey(0);
  expect(setupKey(60_000)).toBe(first);
  forgetSetupKey();
  expect(setupKey(60_000)).not.toBe(first);
});
