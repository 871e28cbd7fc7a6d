import { expect, test } from '@playwright/test';
import type { Workbench } from '../../examples/agent-workbench/serve';
import { expectAccessibleWithFrames } from '../support/accessible';
import { partitionedLaunchOptions } from '../support/browser';
import { openCustomer } from '../support/customer';
import { answerBank, cards, typeCard } from '../support/paying';
import { inBothLanguages } from '../support/words';
import { openPortal, workbenchOf } from '../support/workbench';

// Storage is kept apart by site, as people's browsers do.
test.use({ launchOptions: partitionedLaunchOptions });
// A page in the frame is several requests one after the other: slow on a machine that is busy.
test.slow();

let workbench: Workbench;
test.afterEach(() => workbench.close());

inBothLanguages((words) => {
  const { language, say, plan, dollars } = words;

  test('inside the workbench a customer reaches a limit, upgrades, cancels and comes back', async ({ page, baseURL, context, request }) => {
    const customer = await openCustomer({ planKey: 'free', language });
    workbench = await workbenchOf(baseURL, customer);
    const portal = await openPortal(page, workbench, words);
    const goTo = (name: string) => portal.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    const consume = async (quantity: number) => {
      const answer = await request.post('/api/quota/consume', { headers: { authorization: `Bearer ${customer.apiKey}` }, data: { feature: 'api_calls', quantity } });
      return ((await answer.json()) as { payload: object }).payload;
    };
    await goTo(say('shell.usage'));
    const meter = portal.locator('[data-feature="api_calls"]').first();
    await expect(meter).toContainText(say('usage.remaining', { quantity: 100 }));
    expect(await consume(100)).toMatchObject({ allowed: true });
    expect(await consume(1)).toMatchObject({ allowed: false, reason: 'limit_reached' });
    // The figures in the open frame follow by themselves.
    await expect(meter).toContainText(say('usage.remaining', { quantity: 0 }));

    // From here on the frame is as tall as its pages, and the workbench scrolls: dialogs stand where they are seen.
    await page.locator('customer-portal').evaluate((element) => element.setAttribute('auto-height', ''));
    await goTo(say('shell.subscription'));
    await portal.getByRole('button', { name: say('subscription.upgradeTo', { plan: plan('pro') }) }).click();
    const dialog = portal.getByRole('dialog');
    await expect(dialog).toBeInViewport({ ratio: 1 });
    await expectAccessibleWithFrames(page);
    await dialog.getByRole('button', { name: say('subscription.confirmUpgrade', { amount: dollars(29.99) }) }).click();
    await typeCard(portal, cards.alwaysAsks);
    await dialog.getByRole('button', { name: say('pay.storeAndPay', { amount: dollars(29.99) }) }).click();
    await answerBank(portal, 'Complete');
    await expect(dialog.getByText(say('pay.confirming'))).toBeVisible();
    await answerBank(portal, 'Complete');
    await expect(page.locator('#heard')).toHaveText(/pro$/);
    const current = portal.getByRole('region', { name: say('subscription.currentPlan') });
    await expect(current).toContainText(dollars(29.99));
    expect(await consume(1)).toMatchObject({ allowed: true });

    const keep = current.getByRole('button', { name: say('subscription.keepPlan', { plan: plan('pro') }) });
    const cancel = portal.getByRole('button', { name: say('subscription.cancel'), exact: true });
    await cancel.click();
    await dialog.getByLabel(say('subscription.cancelCause')).selectOption(say('subscription.cancelCause_too_little_use'));
    await dialog.getByRole('button', { name: say('subscription.cancelConfirm') }).click();
    await keep.click();
    await expect(keep).toBeHidden();
    await expect(cancel).toBeVisible();

    // The frame's storage is not the portal's own: neither its cookie nor anything else is seen in a tab.
    const [cookie] = (await context.cookies(baseURL)).filter(({ name }) => name.startsWith('__Host-portal-embed-'));
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'None', partitionKey: expect.stringContaining('workbench.localhost') });
    await portal.locator('body').evaluate(() => localStorage.setItem('kept-apart', 'yes'));
    const tab = await context.newPage();
    await tab.goto(`${baseURL}/billing`);
    await expect(tab).toHaveURL(/\/sign-in/);
    expect(await tab.evaluate(() => localStorage.getItem('kept-apart'))).toBeNull();
  });
});
