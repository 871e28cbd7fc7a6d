import { describe, expect, it } from 'vitest';
import { createLog, readableLine } from './log';
import { isSecretName } from './redact';

function lines(write: (log: ReturnType<typeof createLog>) => void): string[] {
  const written: string[] = [];
  write(createLog('info', { write: (line) => void written.push(line) }));
  return written;
}

describe('log', () => {
  it('keeps secrets out at any depth', () => {
    const [line = ''] = lines((log) =>
      log.info(
        {
          headers: { authorization: 'Bearer s3cret', cookie: 's3cret', 'set-cookie': ['s3cret'] },
          body: [{ user: { newPassword: 's3cret', apiKey: 's3cret', clientSecret: 's3cret', card: { number: 's3cret' } } }],
          accessToken: 's3cret',
        },
        'request',
      ),
    );
    expect(line).not.toContain('s3cret');
    expect(JSON.parse(line)).toMatchObject({ level: 'info', msg: 'request', accessToken: '[redacted]' });
  });

  it('keeps what is not secret: token counts, idempotency keys, large numbers', () => {
    const [line = ''] = lines((log) => log.info({ inputTokens: 12n ** 20n, idempotencyKey: 'order-1' }));
    expect(line).toContain(String(12n ** 20n));
    expect(line).toContain('order-1');
    expect(isSecretName('tokens')).toBe(false);
  });

  it('keeps the stack of an error and redacts its neighbours', () => {
    const [line = ''] = lines((log) => log.error({ err: new Error('boom'), token: 's3cret' }, 'failed'));
    expect(readableLine(line)).toMatch(/ERROR failed token=\[redacted\] \nError: boom\n/);
  });

  it('says nothing below its level', () => {
    expect(lines((log) => log.debug('quiet'))).toEqual([]);
  });
});
