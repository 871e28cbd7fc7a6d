import type { ExampleCall } from './example-call';

/** The call as a command of `curl`. */
export function curlExample({ method, url, body, headers, signed, isFile }: ExampleCall): string {
  const lines = [`curl ${method === 'GET' ? '' : `-X ${method} `}'${url}'`];
  if (signed) lines.push('-H "Authorization: Bearer $API_KEY"');
  for (const [name, value] of Object.entries(headers)) lines.push(`-H '${name}: ${value}'`);
  if (body !== undefined) lines.push(`-d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`);
  if (isFile) lines.push('-OJ');
  return lines.join(' \\\n  ');
}
