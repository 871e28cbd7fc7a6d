import type { Locator, Page } from '@playwright/test';

/** The newest mail to somebody on the page of the demo's mail, of those that hold a text. */
export function newestMail(page: Page, email: string, text: string | RegExp = ''): Locator {
  return page.getByRole('article').filter({ hasText: email }).filter({ hasText: text }).first();
}

/** The address that the newest invitation to somebody leads to. */
export async function invitationLink(page: Page, email: string): Promise<string> {
  await page.goto('/outbox');
  const text = await newestMail(page, email, 'invitation?token=').textContent();
  const [address] = /https?:\/\/\S+invitation\?token=[\w-]+/.exec(text ?? '') ?? [];
  if (!address) throw new Error(`No invitation was mailed to ${email}.`);
  return address;
}
