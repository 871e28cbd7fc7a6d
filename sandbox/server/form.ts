/** A decoded form: text, lists and named fields within each other. */
export type FormValue = string | FormValue[] | FormFields;
export interface FormFields {
  [name: string]: FormValue;
}

/** Without a prototype, so that a field named `__proto__` is a field like any other. */
const noFields = (): FormFields => Object.create(null) as FormFields;

const isFields = (value: FormValue | undefined): value is FormFields => typeof value === 'object' && !Array.isArray(value);

/** `items[0][price]` → `['items', '0', 'price']`. */
function pathOf(name: string): string[] {
  const open = name.indexOf('[');
  if (open <= 0 || !/^(\[[^[\]]*\])+$/.test(name.slice(open))) return [name];
  return [name.slice(0, open), ...name.slice(open + 1, -1).split('][')];
}

/** Fields that were all named by numbers are a list, in the order of the numbers. */
function withLists(value: FormValue): FormValue {
  if (!isFields(value)) return value;
  const names = Object.keys(value);
  if (names.length > 0 && names.every((name) => /^\d+$/.test(name))) {
    return names.sort((one, other) => Number(one) - Number(other)).map((name) => withLists(value[name]!));
  }
  for (const name of names) value[name] = withLists(value[name]!);
  return value;
}

/**
 * Decodes `application/x-www-form-urlencoded` text or a query with brackets: `metadata[order]=7&expand[]=customer`.
 * A name given twice keeps its last value; `[]` appends.
 */
export function decodeForm(text: string): FormFields {
  const form = noFields();
  for (const [name, value] of new URLSearchParams(text)) {
    const path = pathOf(name);
    const last = path.pop()!;
    let place = form;
    for (const step of path) {
      const name = step === '' ? String(Object.keys(place).length) : step;
      const within = place[name];
      place = isFields(within) ? within : ((place[name] = noFields()) as FormFields);
    }
    place[last === '' ? String(Object.keys(place).length) : last] = value;
  }
  for (const name of Object.keys(form)) form[name] = withLists(form[name]!);
  return form;
}
