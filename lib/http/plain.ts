/** A value as it reaches a browser: bigints as decimal strings, dates as ISO 8601. */
export type Plain<Value> = Value extends bigint | Date
  ? string
  : Value extends string | number | boolean | null | undefined
    ? Value
    : Value extends readonly (infer Item)[]
      ? Plain<Item>[]
      : Value extends object
        ? { [Key in keyof Value]: Plain<Value[Key]> }
        : never;

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

/** A copy of plain data that a component may be given: no bigint and no Date is left in it. */
export function toPlain<Value>(value: Value): Plain<Value> {
  return plain(value) as Plain<Value>;
}
