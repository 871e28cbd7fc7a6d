/** One part of a form in parts. */
export interface FormPart {
  name: string;
  /** Empty where the part is no file. */
  fileName: string;
  /** Its media type; empty where it says none. */
  type: string;
  content: Buffer;
}

/** The boundary of `multipart/form-data; boundary=…`; null for a body of another type. */
export function boundaryOf(contentType: string | undefined): string | null {
  return /^multipart\/(?:form-data|related);.*boundary="?([^";]+)"?/i.exec(contentType ?? '')?.[1] ?? null;
}

const valueIn = (head: string, pattern: RegExp): string => pattern.exec(head)?.[1] ?? '';

/** The parts of a form: `body` holds one letter a byte, as `readBody` gives it for such a form. */
export function partsOf(body: string, boundary: string): FormPart[] {
  return body.split(`--${boundary}`).slice(1, -1).map((part) => {
    const end = part.indexOf('\r\n\r\n');
    const head = part.slice(0, end);
    return {
      name: valueIn(head, /\bname="?([^";\r\n]+)"?/i), fileName: valueIn(head, /filename="?([^";\r\n]+)"?/i), type: valueIn(head, /content-type:\s*([^\r\n]+)/i),
      content: Buffer.from(part.slice(end + 4).replace(/\r\n$/, ''), 'latin1'),
    };
  });
}
