import { clientLines } from './client-lines';
import type { ExampleCall } from './example-call';
import { javaScript, literal } from './literal';

/** The call in TypeScript: through the client where it has a method for it, else with `fetch`. */
export function typeScriptExample(call: ExampleCall): string {
  const lines = clientLines(call);
  return lines ? throughClient(call, lines) : throughFetch(call);
}

function throughClient({ serverUrl }: ExampleCall, lines: string[]): string {
  return [
    `import { PortalClient } from 'customer-portal/sdk';`,
    '',
    `const client = new PortalClient({ baseUrl: '${serverUrl}', apiKey: process.env.API_KEY ?? '' });`,
    ...lines,
  ].join('\n');
}

function throughFetch({ method, url, body, headers, signed, isFile }: ExampleCall): string {
  const sent = Object.entries(headers).map(([name, value]) => `${javaScript.key(name)}: ${javaScript.text(value)}`);
  if (signed) sent.unshift('Authorization: `Bearer ${process.env.API_KEY}`');
  const options: string[] = [];
  if (method !== 'GET') options.push(`  method: '${method}',`);
  if (sent.length > 0) options.push(`  headers: { ${sent.join(', ')} },`);
  if (body !== undefined) options.push(`  body: JSON.stringify(${literal(body, javaScript, '  ')}),`);
  const reading = isFile ? `const bytes = new Uint8Array(await response.arrayBuffer());` : 'const { payload } = await response.json();';
  return [`const response = await fetch('${url}'${options.length > 0 ? ', {' : ');'}`, ...options, ...(options.length > 0 ? ['});'] : []), reading].join('\n');
}
