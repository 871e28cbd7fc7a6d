import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messages } from '@/lib/i18n/messages';
import { changeDto } from './changes';

const sources = readdirSync('lib', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

/** Every verb that the audit log is written with. */
const actions = new Set(
  sources.filter((source) => source.includes('recordAudit')).flatMap((source) => [...source.matchAll(/'((?:account|member|subscription|invoice|api_key|user_token)\.[a-z_]+)'/g)].map(([, action = '']) => action)),
);

describe('recent changes', () => {
  it('have a sentence for everything that is audited', () => {
    expect(actions.size).toBeGreaterThan(10);
    const missing = [...actions].filter((action) => !(`change_${action.replaceAll('.', '_')}` in messages.en.account));
    expect(missing).toEqual([]);
  });

  it('name countries and languages, and leave other values as they are', () => {
    const change = {
      id: 'aud_1', action: 'account.updated', actor: { kind: 'person', name: 'Demo' } as const, occurredAt: new Date('2026-03-01T08:00:00Z'),
      before: { 'address.country': 'DE', language: 'en', taxId: '' },
      after: { 'address.country': 'CN', language: 'zh', taxId: '91310000MA1K000006' },
    };
    expect(changeDto(change, 'zh', []).fields).toEqual([
      { field: 'address.country', before: '德国', after: '中国' },
      { field: 'taxId', before: '', after: '91310000MA1K000006' },
      { field: 'language', before: 'English', after: '简体中文' },
    ]);
  });
});
