import type { z } from 'zod';
import type { FieldIssue } from '@/lib/core/errors';

/** A member that was not sent at all: told apart only where the input was parsed with `reportInput`. */
const isMissing = (issue: z.core.$ZodIssue): boolean => (issue.code === 'invalid_type' || issue.code === 'invalid_union') && 'input' in issue && issue.input === undefined;

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join('.');

/** The issues of the choice that came closest to the input: the one that got furthest before it failed. */
function closest(choices: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] {
  const unknownKeys = (issues: readonly z.core.$ZodIssue[]) => issues.filter((issue) => issue.code === 'unrecognized_keys').length;
  const missing = (issues: readonly z.core.$ZodIssue[]) => issues.filter(isMissing).length;
  const distance = (issues: readonly z.core.$ZodIssue[]) => issues.length + missing(issues) + 2 * unknownKeys(issues);
  return [...choices].sort((one, other) => distance(one) - distance(other))[0] ?? [];
}

function flatten(issue: z.core.$ZodIssue, prefix: readonly PropertyKey[]): FieldIssue[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ field: pathOf([...path, key]), message: 'There is no such field.' }));
  if (isMissing(issue) && issue.path.length > 0) return [{ field: pathOf(path), message: 'This field is required.' }];
  const inner = issue.code === 'invalid_union' ? closest(issue.errors) : [];
  const deeper = inner.some((choice) => choice.path.length > 0 || choice.code === 'unrecognized_keys');
  if (deeper) return inner.flatMap((choice) => flatten(choice, path));
  return [{ field: pathOf(path), message: issue.message }];
}

/**
 * What is wrong with an input, field by field, of an error that was made with `reportInput`. `whole` names the input
 * where it is wrong as a whole.
 */
export function issuesOf(error: z.ZodError, whole: string): FieldIssue[] {
  return error.issues.flatMap((issue) => flatten(issue, [])).map((issue) => ({ ...issue, field: issue.field || whole }));
}
