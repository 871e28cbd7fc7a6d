import { describe, expect, it } from 'vitest';
import { getInvoicePdfContract } from '../invoices';
import { consumeQuotaContract, readQuotaContract } from '../quota';
import { takeLeaseContract } from '../leases';
import { correctUsageContract } from '../usage-corrections';
import { requestExamples } from '.';
import { javaScript, literal, python } from './literal';

const examplesOf = (contract: Parameters<typeof requestExamples>[0]) =>
  Object.fromEntries(requestExamples(contract, 'https://portal.example').map(({ language, text }) => [language, text]));

describe('the examples of an operation', () => {
  it('send what the contract gives as its example', () => {
    const { curl, TypeScript, Python } = examplesOf(correctUsageContract);
    expect(curl).toBe(`curl -X POST 'https://portal.example/api/v1/billing/usage/evt_0f3k9m2q7v4x8z1c5b6n/correct' \\
  -H "Authorization: Bearer $API_KEY" \\
  -H 'Content-Type: application/json' \\
  -d '{"quantity":900,"reason":"The model reported fewer tokens.","idempotencyKey":"correction-of-answer-0001"}'`);
    expect(TypeScript).toBe(`const response = await fetch('https://portal.example/api/v1/billing/usage/evt_0f3k9m2q7v4x8z1c5b6n/correct', {
  method: 'POST',
  headers: { Authorization: \`Bearer \${process.env.API_KEY}\`, 'Content-Type': 'application/json' },
  body: JSON.stringify({
    quantity: 900,
    reason: 'The model reported fewer tokens.',
    idempotencyKey: 'correction-of-answer-0001',
  }),
});
const { payload } = await response.json();`);
    expect(Python).toBe(`import json
import os
import urllib.request

request = urllib.request.Request(
    "https://portal.example/api/v1/billing/usage/evt_0f3k9m2q7v4x8z1c5b6n/correct",
    method="POST",
    headers={
        "Authorization": "Bearer " + os.environ["API_KEY"],
        "Content-Type": "application/json",
    },
    data=json.dumps({
        "quantity": 900,
        "reason": "The model reported fewer tokens.",
        "idempotencyKey": "correction-of-answer-0001",
    }).encode(),
)
with urllib.request.urlopen(request) as answer:
    print(json.load(answer)["payload"])`);
  });

  it('use the client where it has a method', () => {
    expect(examplesOf(consumeQuotaContract).TypeScript).toBe(`import { PortalClient } from 'customer-portal/sdk';

const client = new PortalClient({ baseUrl: 'https://portal.example', apiKey: process.env.API_KEY ?? '' });
const decision = await client.consume({
  feature: 'api_calls',
  quantity: 1,
  idempotencyKey: 'call-2026-11-21-0001',
  model: 'demo-small',
});`);
    expect(examplesOf(takeLeaseContract).TypeScript).toContain(`const lease = client.lease('api_calls');`);
  });

  it('ask without a body, and keep a file', () => {
    expect(examplesOf(readQuotaContract).TypeScript).toBe(`const response = await fetch('https://portal.example/api/v1/billing/quota', {
  headers: { Authorization: \`Bearer \${process.env.API_KEY}\` },
});
const { payload } = await response.json();`);
    expect(examplesOf(getInvoicePdfContract).Python).toContain('file.write(answer.read())');
    expect(examplesOf(getInvoicePdfContract).curl).toContain('-OJ');
  });
});

describe('literal', () => {
  it('writes data as the language does', () => {
    const value = { a: null, b: [true, false], "it's": 'say "no"\n', 'with-dash': 1n };
    expect(literal(value, javaScript)).toBe(`{ a: null, b: [true, false], 'it\\'s': 'say "no"\\n', 'with-dash': 1 }`);
    expect(literal(value, python)).toBe(`{"a": None, "b": [True, False], "it's": "say \\"no\\"\\n", "with-dash": 1}`);
  });
});
