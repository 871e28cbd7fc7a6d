/** `classic` gives each thing its room; `compact` puts as many lines on a page as can be read. */
export const templates = ['classic', 'compact'] as const;
export type Template = (typeof templates)[number];

export const papers = ['A4', 'Letter'] as const;
export type Paper = (typeof papers)[number];

/** How a document looks, whatever it says. */
export interface Look {
  template: Template;
  paper: Paper;
  /** A PNG for the head; null: the seller's name alone. */
  logo: Uint8Array | null;
}
