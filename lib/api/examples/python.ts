import type { ExampleCall } from './example-call';
import { literal, python } from './literal';

/** The call in Python, with its standard library alone. */
export function pythonExample({ method, url, body, headers, signed, isFile }: ExampleCall): string {
  const sent = Object.entries(headers).map(([name, value]) => `        ${python.text(name)}: ${python.text(value)},`);
  if (signed) sent.unshift(`        "Authorization": "Bearer " + os.environ["API_KEY"],`);
  const parts = [`    ${python.text(url)},`];
  if (method !== 'GET') parts.push(`    method="${method}",`);
  if (sent.length > 0) parts.push('    headers={', ...sent, '    },');
  if (body !== undefined) parts.push(`    data=json.dumps(${literal(body, python, '    ')}).encode(),`);
  const modules = [...(isFile && body === undefined ? [] : ['json']), ...(signed ? ['os'] : []), 'urllib.request'];
  const reading = isFile
    ? ['    with open(answer.headers.get_filename("answer"), "wb") as file:', '        file.write(answer.read())']
    : ['    print(json.load(answer)["payload"])'];
  return [...modules.map((name) => `import ${name}`), '', 'request = urllib.request.Request(', ...parts, ')', 'with urllib.request.urlopen(request) as answer:', ...reading].join('\n');
}
