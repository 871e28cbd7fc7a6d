/** The name of a file, safe in a header. */
export function fileName(name: string, extension: string): string {
  return `${name.replace(/[^\w.-]/g, '-')}.${extension}`;
}
