/** The named parts of a path by its pattern `/v1/customers/:id`; null when it is another path. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return null;
  const names: Record<string, string> = {};
  for (const [index, step] of wanted.entries()) {
    const part = given[index]!;
    if (step.startsWith(':') && part !== '') names[step.slice(1)] = safeDecode(part);
    else if (step !== part) return null;
  }
  return names;
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
