import { describe, expect, it } from 'vitest';
import { changeDto } from './changes';

describe('recent changes', () => {
  it('name countries and languages, and leave other values as they are', () => {
    const change = {
      id: 'aud_1', action: 'account.updated', actor: { kind: 'person', id: 'usr_1', name: 'Demo' } as const, subject: 'acc_1', requestId: 'req_1', occurredAt: new Date('2026-03-01T08:00:00Z'),
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
