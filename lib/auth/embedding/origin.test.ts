import { describe, expect, it } from 'vitest';
import { originInput } from './origin';

describe('an origin that may show the portal', () => {
  it.each([
    ['https://workbench.demo.example', 'https://workbench.demo.example'],
    [' https://Workbench.Demo.Example:443/ ', 'https://workbench.demo.example'],
    ['http://localhost:3100', 'http://localhost:3100'],
    ['http://workbench.localhost:3100', 'http://workbench.localhost:3100'],
  ])('is %j, kept as browsers write it', (text, kept) => {
    expect(originInput.parse(text)).toBe(kept);
  });

  it.each(['', 'workbench.demo.example', 'http://workbench.demo.example', 'https://*.demo.example', 'https://demo.example/page', 'https://a@demo.example', 'javascript:alert(1)', 'data:text/html,x', "https://demo.example; script-src 'none'", 'https://localhost.demo.example.evil.example/?x'])('is not %j', (text) => {
    expect(originInput.safeParse(text).success).toBe(false);
  });
});
