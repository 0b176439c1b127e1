// What an agent is told: the bell rings live on any page, the notices are read and opened by keys, and a computer shows
// them by itself for who switched that on there, once for all tabs.

import { signIn, visit } from "../lib/visit.mjs";
import { JONAS } from "./hands.mjs";
import { sees } from "./story.mjs";

const ONE_NEW = 'a.bell[aria-label="Notices, 1 new"]';

export async function bell(suite, browser, { origin, admin, subject }) {
  const ines = await visit(browser, origin);
  await signIn(ines.page, admin);
  await roundTheClock(ines.page);
  await ines.page.goto("/inbox");
  await ines.page.getByRole("link", { name: subject }).click();
  const tell = (words) => note(ines.page, words);
  const jonas = await visit(browser, origin);
  await signIn(jonas.page, JONAS);
  await readAll(jonas.page);
  await rings(suite, jonas.page, tell);
  await byKeys(suite, jonas.page, tell);
  await withoutScripts(suite, browser, origin, await jonas.context.storageState(), tell);
  await popsUp(suite, browser, origin, await jonas.context.storageState(), tell);
  await offDuty(ines.page);
  for (const { context, troubles } of [ines, jonas]) {
    suite.check("the browser complained of nothing", troubles.length === 0, troubles);
    await context.close();
  }
}

async function note(page, words) {
  await page.locator(".composer-tabs label", { hasText: "Note" }).click();
  await page.getByRole("textbox", { name: "Your words" }).fill(`@Jonas, ${words}`);
  await page.getByRole("button", { name: "Add note" }).click();
  await page.locator(".msg.note", { hasText: words }).waitFor();
}

// Nobody is reached outside the desk's hours unless they are on duty, and these checks run at any hour.
async function roundTheClock(page) {
  await page.goto("/settings/queues/1");
  const rota = page.locator('form[action="/settings/queues/1/rota"]');
  for (const day of await rota.getByRole("checkbox").all()) await day.check();
  await rota.getByLabel("From").fill("00:00");
  await rota.getByLabel("To").fill("00:00");
  await rota.getByLabel("Who").selectOption({ label: "Jonas Petit" });
  await rota.getByRole("button", { name: "Add to the rota" }).click();
  await page.getByRole("cell", { name: "every day", exact: true }).waitFor();
}

async function offDuty(page) {
  await page.goto("/settings/queues/1");
  await page.getByRole("button", { name: "Remove Jonas Petit, every day" }).click();
  await page.getByRole("cell", { name: "every day", exact: true }).waitFor({ state: "detached" });
}

async function readAll(page) {
  await page.goto("/notifications");
  const all = page.getByRole("button", { name: "Mark all as read" });
  if (await all.count()) await all.click();
  await page.locator('a.bell[aria-label="Notices"]').waitFor();
}

// A form somebody is writing in has no live updates of its own.
async function rings(suite, page, tell) {
  await page.goto("/tickets/new");
  await page.getByLabel("Subject").fill("Half a thought");
  await tell("have you seen the roller?");
  await sees(suite, "the bell rings on a page that somebody is writing on", page.locator(ONE_NEW));
  suite.check("which stays as it is", (await page.getByLabel("Subject").inputValue()) === "Half a thought");
  await page.getByLabel("Subject").fill("");
}

async function byKeys(suite, page, tell) {
  await page.goto("/you");
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await sees(suite, "g b goes to the notices", page.getByRole("heading", { level: 1, name: "Notices" }));
  await sees(suite, "what is new stands first, under its ticket", page.locator(".notices.is-new", { hasText: "names you in a note" }));
  await tell("and the spare one?");
  await sees(suite, "another stands there at once", page.locator(".notices.is-new .row.told:nth-child(2)"));
  await page.keyboard.press("j");
  await page.keyboard.press("m");
  await sees(suite, "m marks one as read", page.locator(ONE_NEW));
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/tickets\/\d+\?at=\d+#message-\d+$/);
  suite.check("Enter opens the ticket at the message", true);
  await sees(suite, "and that one is read", page.locator('a.bell[aria-label="Notices"]'));
}

async function withoutScripts(suite, browser, origin, storageState, tell) {
  await tell("or shall I?");
  const { context, page } = await visit(browser, origin, { storageState, javaScriptEnabled: false });
  await page.goto("/notifications?only=mentioned");
  await page.locator(".notices.is-new .row-link").first().click();
  await sees(suite, "without JavaScript a notice leads to its ticket", page.locator(".msg.note", { hasText: "or shall I?" }));
  await page.goto("/notifications?only=mentioned");
  suite.check("and is read", (await page.locator(".notices.is-new").count()) === 0);
  await context.close();
}

// What the browser would show is kept in the page instead.
const pretend = (permission) => {
  window.Notification = class {
    static permission = permission;
    static requestPermission = async () => (this.permission = permission);

    constructor(title, options) {
      this.title = title;
      this.body = options.body;
      (window.shown ??= []).push(this);
    }

    close() {}
  };
};

async function popsUp(suite, browser, origin, storageState, tell) {
  const { context, page, troubles } = await visit(browser, origin, { storageState });
  await context.addInitScript(pretend, "granted");
  await page.goto("/you");
  await page.getByRole("button", { name: "Show on this computer" }).click();
  await sees(suite, "notices are switched on for this computer", page.getByText("Notices show on this computer."));
  const other = await context.newPage();
  await Promise.all([page.goto("/inbox"), other.goto("/people")]);
  await page.waitForFunction(() => localStorage.getItem("kept.pop-ups.last"));
  await tell("come and see.");
  const shown = () => Promise.all([page, other].map((it) => it.evaluate(() => (window.shown ?? []).map((one) => `${one.title}: ${one.body}`))));
  const seen = await Promise.any([page, other].map((it) => it.waitForFunction(() => window.shown?.length).then(() => it)));
  await other.locator(ONE_NEW).waitFor();
  const all = (await shown()).flat();
  suite.check("one of two tabs shows it, once", all.length === 1 && /names you in a note: #\d/.test(all[0]), all);
  const opened = context.waitForEvent("page");
  await seen.evaluate(() => window.shown[0].onclick());
  const ticket = await opened;
  await ticket.waitForURL(/\/tickets\/\d+\?at=\d+#message-\d+$/);
  suite.check("a click on it opens the message in a tab of its own", true);
  await sees(suite, "and reads it", other.locator('a.bell[aria-label="Notices"]'));
  await page.goto("/you");
  await page.getByRole("button", { name: "Stop showing here" }).click();
  await sees(suite, "it is switched off again", page.getByRole("button", { name: "Show on this computer" }));
  suite.check("the browser complained of nothing", troubles.length === 0, troubles);
  await context.close();
  await denied(suite, browser, origin, storageState);
}

async function denied(suite, browser, origin, storageState) {
  const { context, page } = await visit(browser, origin, { storageState });
  await context.addInitScript(pretend, "denied");
  await page.goto("/you");
  await sees(suite, "a browser that does not allow it is explained", page.getByText("Your browser keeps Kept from showing anything."));
  await context.close();
}
