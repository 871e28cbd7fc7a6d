const hidden = '[redacted]';

/** Names that look secret by their ending and are not. */
const harmless = new Set(['idempotencykey', 'featurekey', 'primarykey']);

const exact = new Set(['key', 'pan', 'card', 'cvc', 'cvv', 'iban', 'databaseurl', 'smtpurl', 'connectionstring']);
const endings = ['authorization', 'cookie', 'cookies', 'password', 'passphrase', 'token', 'secret', 'key', 'cardnumber', 'accountnumber'];

/** Whether a field of this name is kept out of logs: credentials, cookies and card data, however it is spelt. */
export function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  if (harmless.has(plain)) return false;
  return exact.has(plain) || endings.some((ending) => plain.endsWith(ending));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A copy of `value` in which the value of every secret field, at any depth, is replaced by `[redacted]`. */
export function redact(value: unknown, depth = 0): unknown {
  if (depth > 8) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, isSecretName(name) && field != null ? hidden : redact(field, depth + 1)]),
  );
}
