// Every page of a desk with sample data: those that need no number, and of each kind that needs one those a list leads to.

const PLACES = [
  "/now", "/inbox", "/inbox?view=mine", "/inbox?view=watching", "/inbox?view=resolved", "/inbox?view=spam",
  "/unsorted", "/outbox", "/outbox?state=sent", "/outbox?state=failed", "/clients", "/clients/new", "/people",
  "/people?at=desk", "/people/new", "/people/duplicates", "/people?client=1", "/inventory",
  "/inventory?which=ends-soon", "/inventory/new", "/imports", "/imports?kind=assets", "/tickets/new",
  "/tickets/1/split", "/tickets/1/links/new", "/tickets/1/time", "/tickets/1/time/1", "/tickets/2/time",
  "/tickets/1/links/new?bond=blocks&q=printer", "/search", "/search?q=printer", "/search?q=is%3Alat", "/settings",
  "/settings/desk", "/settings/fields", "/settings/fields/new", "/settings/rules", "/settings/rules/new",
  "/settings/queues", "/settings/queues/new", "/settings/people", "/settings/mail", "/you", "/promises",
  "/scorecards", "/scorecards?of=client-1&period=quarter", "/scorecards/tickets?side=desk",
  "/scorecards/time?whose=desk", "/inbox?view=late", "/calls/new", "/promises/calendar", "/notifications",
  "/notifications?only=mentioned", "/handover", "/rota", "/reports",
  "/reports?q=is%3Aopen&by1=client&by2=turn&shape=bars", "/reports?q=&by1=opened-week&by2=client&shape=columns",
  "/reports?q=&by1=opened-day&shape=lines", "/reports?q=is%3Aopen&by1=agent&by2=status&by3=client", "/dashboards",
  "/dashboards/new", "/dashboards/0/mail", "/load", "/reply-templates", "/views/new?q=is:open",
  "/bulk?q=is:open&act=close", "/settings/templates", "/settings/templates/new", "/settings/recurring",
  "/settings/recurring/new", "/settings/trust", "/settings/mailboxes", "/settings/mailboxes/new",
  "/settings/accounts", "/settings/accounts/new", "/settings/agreements", "/settings/agreements/1",
  "/settings/agreements/1/edit",
];

/** The paths of all pages; `page` is signed in. */
export async function places(page) {
  return [...PLACES, ...(await details(page))];
}

/** A name for a file about the page at `path`. */
export const nameOf = (path) => path.slice(1).replace(/\W+/g, "-");

/** One page of each kind that needs a number: the first that its list links to, and every ticket of the inbox. */
async function details(page) {
  const lists = ["/outbox?state=sent", "/unsorted", "/clients", "/people", "/inventory", "/dashboards", "/imports", "/settings/queues", "/settings/fields", "/settings/rules", "/settings/templates", "/settings/recurring"];
  const found = await linksOn(page, "/inbox", "/tickets/");
  for (const list of lists) found.push(...(await linksOn(page, list, `${list.replace(/\?.*/, "")}/`)).slice(0, 1));
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
