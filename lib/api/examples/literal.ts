/** How a language writes plain data. */
export interface Notation {
  key(name: string): string;
  text(value: string): string;
  true: string;
  false: string;
  null: string;
  /** Whether there is a space inside the braces of an object on one line. */
  spaced: boolean;
  /** What a member on a line of its own is moved in by. */
  indent: string;
}

const quoted = (value: string): string => JSON.stringify(value);

export const javaScript: Notation = {
  key: (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : javaScript.text(name)),
  text: (value) => `'${quoted(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`,
  true: 'true',
  false: 'false',
  null: 'null',
  spaced: true,
  indent: '  ',
};

export const python: Notation = { key: quoted, text: quoted, true: 'True', false: 'False', null: 'None', spaced: false, indent: '    ' };

const widest = 80;

/** The value as the language writes it: on one line where it fits, else a member a line. */
export function literal(value: unknown, notation: Notation, indent = ''): string {
  if (value === null || value === undefined) return notation.null;
  if (typeof value === 'string') return notation.text(value);
  if (typeof value === 'boolean') return value ? notation.true : notation.false;
  if (typeof value !== 'object') return String(value);
  const inner = `${indent}${notation.indent}`;
  const members = Array.isArray(value)
    ? value.map((member) => literal(member, notation, inner))
    : Object.entries(value).map(([name, member]) => `${notation.key(name)}: ${literal(member, notation, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (members.length === 0) return `${open}${close}`;
  const space = notation.spaced && !Array.isArray(value) ? ' ' : '';
  const line = `${open}${space}${members.join(', ')}${space}${close}`;
  if (line.length + indent.length <= widest && !line.includes('\n')) return line;
  return `${open}\n${members.map((member) => `${inner}${member},\n`).join('')}${indent}${close}`;
}
