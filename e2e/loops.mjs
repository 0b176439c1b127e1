// Programs that answer programs: two desks wired to each other, a vacation responder, robots that answer everything with
// and without saying what they are. Each conversation ends by itself, after three messages at the most.

import { Exchange } from "./lib/exchange.mjs";
import { doctor, scratch, serve } from "./lib/kept.mjs";
import { header } from "./lib/sink.mjs";
import { Suite } from "./lib/suite.mjs";

const MOST = 3;
/** Beyond this it is a loop, whatever comes after. */
const LOOP = 12;

const suite = new Suite("loops");
await suite.scenario("Two desks wired to each other", twoDesks);
await suite.scenario("A vacation responder", () => againstDesk("away.example", vacation));
await suite.scenario("A vacation responder that says nothing of itself", () => againstDesk("away.example", unmarkedVacation));
await suite.scenario("A robot that answers every mail as if it were a person", () => againstDesk("robot.example", robot));
await suite.scenario("A robot that begins anew each time", () => againstDesk("robot.example", forgetfulRobot));
await suite.scenario("A robot that writes from another address each time", () => againstDesk("robot.example", changingRobot));
suite.finish();

async function twoDesks() {
  const exchange = await Exchange.open();
  const one = await desk("one.example", exchange);
  const two = await desk("two.example", exchange);
  exchange.post(mail({ from: "support@two.example", to: "support@one.example", subject: "Who are you?", n: 1 }));
  await judge(exchange, [one, two]);
}

async function againstDesk(domain, answers) {
  const exchange = await Exchange.open();
  const one = await desk("one.example", exchange);
  let n = 1;
  exchange.correspondents.set(domain, (got) => answers(got, (n += 1)));
  exchange.post(mail({ from: `someone@${domain}`, to: "support@one.example", subject: "The printer is on fire", n }));
  await judge(exchange, [one]);
}

async function desk(host, exchange) {
  const data = scratch("loops");
  const server = await serve({ data }, { env: { KEPT_HOST_NAME: host, KEPT_RELAY: `smtp://${exchange.address}` } });
  exchange.correspondents.set(host, server);
  return { data, server };
}

async function judge(exchange, desks) {
  await exchange.silence(LOOP);
  const told = exchange.carried.map((it) => `${it.from || "<>"} → ${it.to}: ${header(it, "Subject")}`);
  suite.check(`${exchange.carried.length} messages, then silence`, exchange.carried.length <= MOST && exchange.carried.length > 1, told);
  suite.check("every mail found its way", exchange.troubles.length === 0, exchange.troubles);
  for (const { data, server } of desks) {
    suite.check("nothing panicked", !server.panicked, server.log.slice(-600));
    await server.stop();
    const found = await doctor({ data });
    suite.check("kept doctor is content", found.content, found.words);
  }
  await exchange.close();
}

function vacation(got, n) {
  const mark = ["Auto-Submitted: auto-replied", "Precedence: bulk"];
  return [mail({ from: "someone@away.example", envelope: "", to: got.from || header(got, "From"), subject: `Out of office: ${header(got, "Subject")}`, n, answers: got, mark })];
}

function unmarkedVacation(got, n) {
  return [mail({ from: "someone@away.example", to: replyTo(got), subject: `Re: ${header(got, "Subject")}`, n, answers: got, text: "I am out of the office until Monday." })];
}

function robot(got, n) {
  return [mail({ from: "someone@robot.example", to: replyTo(got), subject: `Re: ${header(got, "Subject")}`, n, answers: got, text: `Thank you, we got your mail number ${n}.` })];
}

function forgetfulRobot(_got, n) {
  return [mail({ from: "someone@robot.example", to: "support@one.example", subject: "Thank you for your mail", n, text: `This is answer number ${n}.` })];
}

function changingRobot(_got, n) {
  return [mail({ from: `someone+${n}@robot.example`, to: "support@one.example", subject: `Thank you for your mail (${n})`, n, text: `This is answer number ${n}.` })];
}

function bare(field) {
  return /<([^>]+)>/.exec(field)?.[1] ?? field;
}

function replyTo(got) {
  return bare(header(got, "Reply-To") || header(got, "From"));
}

function mail({ from, envelope = from, to, subject, n, answers, mark = [], text = "Hello." }) {
  const id = `${n}.${from.replace("@", ".at.")}`;
  const lines = [`From: <${from}>`, `To: <${bare(to)}>`, `Subject: ${subject}`, `Message-ID: <${id}@mail.example>`, "Date: Mon, 23 Nov 2026 09:00:00 +0000", ...mark];
  if (answers) lines.push(`In-Reply-To: ${header(answers, "Message-ID")}`, `References: ${header(answers, "References")} ${header(answers, "Message-ID")}`);
  return { from: envelope, to: [bare(to)], text: `${lines.join("\r\n")}\r\n\r\n${text}\r\n` };
}
