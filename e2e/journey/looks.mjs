// Every page of a desk with sample data, in light, dark and on a phone: it answers, axe finds nothing, nothing scrolls
// sideways, the browser complains of nothing. With a folder it keeps a picture of each.

import { join } from "node:path";
import { LOOKS } from "../lib/chromium.mjs";
import { nameOf, places } from "../lib/places.mjs";
import { axe, followLink, sideways, visit } from "../lib/visit.mjs";

/** Looks at every page. `link` signs in; gives the session it began. */
export async function looks(suite, browser, origin, link, folder) {
  const signedIn = await visit(browser, origin);
  await followLink(signedIn.page, link);
  const paths = await places(signedIn.page);
  const storageState = await signedIn.context.storageState();
  await signedIn.context.close();
  for (const { name, ...look } of LOOKS) {
    await inOneLook(suite, browser, origin, { ...look, storageState }, name, paths, folder);
    await inOneLook(suite, browser, origin, look, name, ["/sign-in", "/nowhere"], folder);
  }
  return storageState;
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
    if (folder) await page.screenshot({ path: join(folder, `${nameOf(path)}-${look}.png`) });
  }
  failures.push(...troubles.filter((trouble) => !/status of 404/.test(trouble)));
  suite.tally(`${look}: every page answers, axe finds nothing, nothing scrolls sideways, the browser is content`, paths.length * 3 - failures.length, failures);
  await context.close();
}
