// Every page of a desk with sample data, in light, dark and on a phone: it answers, axe finds nothing, nothing scrolls
// sideways, the browser complains of nothing. With a folder it keeps a picture of each.

import { join } from "node:path";
import { LOOKS } from "../lib/chromium.mjs";
import { axe, followLink, sideways, visit } from "../lib/visit.mjs";

const PLACES = [
  "/now", "/inbox", "/inbox?view=mine", "/inbox?view=watching", "/inbox?view=resolved", "/inbox?view=spam", "/unsorted", "/outbox", "/outbox?state=sent", "/outbox?state=failed",
  "/clients", "/clients/new", "/people", "/people?at=desk", "/people/new", "/people/duplicates", "/people?client=1", "/inventory", "/inventory?which=ends-soon", "/inventory/new", "/imports", "/imports?kind=assets", "/tickets/new", "/tickets/1/split", "/tickets/1/links/new", "/tickets/1/time", "/tickets/1/time/1", "/tickets/2/time", "/tickets/1/links/new?bond=blocks&q=printer", "/search", "/search?q=printer", "/search?q=is%3Alat",
  "/settings", "/settings/desk", "/settings/fields", "/settings/fields/new", "/settings/rules", "/settings/rules/new", "/settings/queues", "/settings/queues/new", "/settings/people", "/settings/mail", "/you",
  "/promises", "/scorecards", "/scorecards?of=client-1&period=quarter", "/scorecards/tickets?side=desk", "/scorecards/time?whose=desk", "/inbox?view=late", "/calls/new", "/promises/calendar", "/notifications", "/notifications?only=mentioned", "/handover", "/rota", "/reports", "/reports?q=is%3Aopen&by1=client&by2=turn&shape=bars", "/reports?q=&by1=opened-week&by2=client&shape=columns", "/reports?q=&by1=opened-day&shape=lines", "/reports?q=is%3Aopen&by1=agent&by2=status&by3=client", "/dashboards", "/dashboards/new", "/dashboards/0/mail", "/load", "/reply-templates", "/views/new?q=is:open", "/bulk?q=is:open&act=close", "/settings/templates", "/settings/templates/new", "/settings/recurring", "/settings/recurring/new", "/settings/trust", "/settings/mailboxes", "/settings/mailboxes/new", "/settings/accounts", "/settings/accounts/new", "/settings/agreements", "/settings/agreements/1", "/settings/agreements/1/edit",
];

/** Looks at every page. `link` signs in; gives the session it began. */
export async function looks(suite, browser, origin, link, folder) {
  const signedIn = await visit(browser, origin);
  await followLink(signedIn.page, link);
  const paths = [...PLACES, ...(await details(signedIn.page))];
  const storageState = await signedIn.context.storageState();
  await signedIn.context.close();
  for (const { name, ...look } of LOOKS) {
    await inOneLook(suite, browser, origin, { ...look, storageState }, name, paths, folder);
    await inOneLook(suite, browser, origin, look, name, ["/sign-in", "/nowhere"], folder);
  }
  return storageState;
}

/** One page of each kind that needs a number: the first that its list links to, and every ticket of the inbox. */
async function details(page) {
  const firsts = [["/outbox?state=sent", "/outbox/"], ["/unsorted", "/unsorted/"], ["/clients", "/clients/"], ["/people", "/people/"], ["/settings/queues", "/settings/queues/"]];
  const found = await linksOn(page, "/inbox", "/tickets/");
  for (const [list, start] of firsts) found.push(...(await linksOn(page, list, start)).slice(0, 1));
  for (const path of [...found]) if (/^\/(clients|people)\//.test(path)) found.push(`${path}/edit`);
  found.push(...(await merging(page)));
  return found;
}

/** Finding the other card, and what comes together: of the first two clients, and of two people at one. */
async function merging(page) {
  const clients = await linksOn(page, "/clients", "/clients/");
  const people = await linksOn(page, "/people?client=1", "/people/");
  const pairs = [clients, people].map((links) => links.slice(0, 2)).filter((pair) => pair.length === 2);
  return pairs.flatMap(([one, other]) => [`${one}/merge`, `${one}/merge?with=${other.split("/").pop()}`]);
}

async function linksOn(page, list, start) {
  await page.goto(list);
  const hrefs = await page.locator(`main a[href^="${start}"]`).evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  return [...new Set(hrefs)].filter((href) => /\/\d+(\?list=\w+)?$/.test(href));
}

async function inOneLook(suite, browser, origin, options, look, paths, folder) {
  const { context, page, troubles } = await visit(browser, origin, options);
  const failures = [];
  for (const path of paths) {
    const answer = await page.goto(path);
    const expected = path === "/nowhere" ? 404 : 200;
    if (answer.status() !== expected) failures.push(`${path} answered ${answer.status()}`);
    if ((await sideways(page)) > 0) failures.push(`${path} scrolls sideways by ${await sideways(page)} px`);
    failures.push(...(await axe(page)).map((finding) => `${path} ${finding}`));
    if (folder) await page.screenshot({ path: join(folder, `${path.slice(1).replace(/\W+/g, "-")}-${look}.png`) });
  }
  failures.push(...troubles.filter((trouble) => !/status of 404/.test(trouble)));
  suite.tally(`${look}: every page answers, axe finds nothing, nothing scrolls sideways, the browser is content`, paths.length * 3 - failures.length, failures);
  await context.close();
}
