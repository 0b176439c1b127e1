import { dashboards } from "./journey/dashboards.mjs";
import { fields } from "./journey/fields.mjs";
import { keys } from "./journey/keys.mjs";
import { story } from "./journey/story.mjs";
import { working } from "./journey/working.mjs";
import { signIn, visit } from "./lib/visit.mjs";
import { launch } from "./lib/chromium.mjs";
import { kept, scratch, serve } from "./lib/kept.mjs";
import { Sink } from "./lib/sink.mjs";
import { Suite } from "./lib/suite.mjs";
const suite = new Suite("rest");
const browser = await launch();
const sink = await Sink.open();
{
  const server = await serve({ data: scratch("story") }, {});
  const origin = `http://${server.http}`;
  await suite.scenario("x", async () => {
    const world = await story(suite, browser, { server, origin, sink });
    await suite.scenario("fields", () => fields(suite, browser, world));
  });
  await server.stop();
}
{
  const desk = { data: scratch("sample") };
  const demo = await kept(["demo", "--data", desk.data]);
  const link = /https?:\/\/\S+/.exec(demo.stdout)?.[0];
  const server = await serve(desk, {});
  const origin = `http://${server.http}`;
  const { context, page } = await visit(browser, origin);
  await page.goto(new URL(link).pathname + new URL(link).search);
  const b = page.getByRole("button").first();
  if (await b.count()) await b.click();
  await page.waitForTimeout(1500);
  const state = await context.storageState();
  await suite.scenario("Reports, dashboards and absences", () => dashboards(suite, browser, origin, state));
  await suite.scenario("With the keyboard alone", () => keys(suite, browser, origin, state));
  await suite.scenario("Snoozing", () => working(suite, browser, origin, state));
  await server.stop();
}
await browser.close(); await sink.close(); suite.finish();
