import { z } from 'zod';
import { getSellerLogo } from '@/lib/billing/invoices/seller-logo';
import type { Context } from '@/lib/core/context';
import { papers, templates, type Paper, type Template } from '@/lib/documents/look';
import { languages, type Language } from '@/lib/i18n/languages';

export const languageInput = z.enum(Object.keys(languages) as [Language, ...Language[]]).optional().describe("The customer's own language unless said.");

/** How a caller wants a document. */
export const lookInput = {
  language: languageInput,
  template: z.enum(templates).default('classic').describe('`compact` puts as many lines on a page as can be read.'),
  paper: z.enum(papers).default('A4'),
};

/** The look of a document for the caller, with the seller's logo. */
export async function lookOf(context: Context, { template, paper }: { template: Template; paper: Paper }) {
  return { template, paper, logo: await getSellerLogo(context) };
}
