import type { Page } from 'playwright';
import { openCustomer } from '@/e2e/support/customer';
import { invitationLink } from '@/e2e/support/outbox';
import type { Camera } from './camera';
import { emails, signIn } from './look';

const opened = (page: Page) => page.locator('dialog[open], [role=dialog]:visible').last();

async function invite(page: Page, email: string): Promise<string> {
  await page.goto('/team');
  await page.locator('main header button, main button').first().click();
  await opened(page).locator('input[name=email]').fill(email);
  await opened(page).locator('button[type=submit]').click();
  await page.locator('tbody tr').filter({ hasText: email }).waitFor();
  return invitationLink(page, email);
}

async function signOut(page: Page): Promise<void> {
  const { cookies } = await page.context().storageState();
  await page.context().clearCookies();
  await page.context().addCookies(cookies.filter(({ name }) => name === 'theme' || name === 'language'));
}

/** What a member's menu leads to. */
async function photographMemberMenu({ page, take }: Camera, member: string, who: string): Promise<void> {
  await page.goto('/team');
  const open = () => page.locator('tbody tr').filter({ hasText: member }).locator('button[popovertarget]').click();
  const items = page.locator('[popover]:popover-open button');
  await open();
  await take(`menu of ${who}`, false);
  const count = await items.count();
  for (let index = 0; index < count; index += 1) {
    if (index > 0) await open();
    await items.nth(index).click();
    await opened(page).waitFor();
    await take(`menu of ${who} ${index + 1}`, false);
    await page.keyboard.press('Escape');
    await opened(page).waitFor({ state: 'hidden' });
  }
}

/** A team with somebody in it: what can be done about each, who is invited, and where a valid invitation leads. */
export async function walkTeam(camera: Camera): Promise<void> {
  const { page, look, take } = camera;
  const colleague = await openCustomer({ planKey: 'pro', role: 'viewer', language: look.language, accountName: look.language === 'en' ? 'Demo Harbour' : '演示港湾' });
  await signIn(page, colleague.ownerEmail);
  await photographMemberMenu(camera, colleague.email, 'a colleague');

  const known = await invite(page, emails.trial);
  const newcomer = await invite(page, `invited.${colleague.email}`);
  await page.goto('/team');
  await take('/team with invitations');
  await page.goto(known);
  await take('invitation of another');
  await signOut(page);
  await page.goto(known);
  await take('invitation of a known person');
  await page.goto(newcomer);
  await take('invitation of a newcomer');

  await signIn(page, colleague.email);
  await photographMemberMenu(camera, colleague.email, 'oneself');
}
