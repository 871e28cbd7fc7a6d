/** The page of an invoice for somebody who has said that they want to pay it: the ways to pay are open there. */
export const payHref = (invoiceId: string): string => `/billing/${invoiceId}?open=pay#pay`;
