/** The part of a frame that people see, in CSS pixels from its upper edge. */
export interface VisiblePart {
  top: number;
  height: number;
}

/** Of a smaller part nothing could be read; a dialog then reaches past it. */
const least = 240;

/** What the page is given so that dialogs and notes lie where they are seen, in a frame that is as tall as its page. */
export function propertiesOf({ top, height }: VisiblePart): Record<'--visible-top' | '--visible-height' | '--hidden-below', string> {
  const shown = Math.max(least, Math.round(height));
  const start = Math.max(0, Math.round(top));
  return { '--visible-top': `${start}px`, '--visible-height': `${shown}px`, '--hidden-below': `max(0px, 100dvh - ${start + shown}px)` };
}

/** Places what lies over the page in that part of it from now on. */
export function showWithin(part: VisiblePart): void {
  for (const [name, value] of Object.entries(propertiesOf(part))) document.documentElement.style.setProperty(name, value);
}
