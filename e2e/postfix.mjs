// A real Postfix on both sides of the desk: it hands mail in by LMTP and through a pipe, takes mail out as the relay, and
// reports what it could not deliver. Skipped, and said so, where Postfix can't run.

import { chmodSync } from "node:fs";
import { ask, binary, doctor, kept, scratch, serve } from "./lib/kept.mjs";
import { freePort, noPostfix, Postfix } from "./lib/postfix.mjs";
import { signedIn } from "./lib/desk.mjs";
import { handIn, mail } from "./lib/hand-in.mjs";
import { header, Sink } from "./lib/sink.mjs";
import { Suite } from "./lib/suite.mjs";

const LIMIT_MS = 30_000;
const suite = new Suite("postfix");
const why = noPostfix();
if (why) {
  suite.skip("mail through Postfix", why);
  console.log(suite.summary());
  process.exit(0);
}
await suite.scenario("Through Postfix and back", thereAndBack);
await suite.scenario("Through an alias into a pipe", pipe);
suite.finish();

/** Asks until it is so; gives the last answer when time is up. */
async function until(asked) {
  const deadline = performance.now() + LIMIT_MS;
  for (;;) {
    const answer = await asked();
    if (answer || performance.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function thereAndBack() {
  const mailPort = await freePort();
  const people = await Sink.open();
  const gone = await Sink.open({ answer: () => "550 5.1.1 no such mailbox here" });
  const portOf = (sink) => sink.address.split(":")[1];
  const postfix = await Postfix.start({
    settings: ["transport_maps = texthash:$ETC/transport", "virtual_mailbox_domains = desk.example", "virtual_mailbox_maps = static:all", "relay_domains = client.example, gone.example"],
    files: {
      transport: `desk.example lmtp:inet:127.0.0.1:${mailPort}\nclient.example smtp:[127.0.0.1]:${portOf(people)}\ngone.example smtp:[127.0.0.1]:${portOf(gone)}\n`,
    },
  });
  const desk = { data: scratch("postfix-desk") };
  const server = await serve(desk, { mail: `127.0.0.1:${mailPort}`, env: { KEPT_HOST_NAME: "desk.example", KEPT_RELAY: `smtp://${postfix.address}` } });
  try {
    const post = (from, id) => handIn({ mail: postfix.address }, { from, to: "support@desk.example", bytes: mail({ from, to: "support@desk.example", subject: "Printer", id, text: "It jams." }) });
    await post("ines@client.example", "1@client.example");
    const ticket = await until(async () => (await ask(desk, ["ticket", "list"]))[0]);
    suite.check("Postfix hands a mail in by LMTP and it is a ticket", ticket?.subject === "Printer", ticket ?? postfix.log.slice(-800));
    const answer = await until(() => people.mails[0]);
    suite.check("the acknowledgement goes out through Postfix", answer?.to.join() === "ines@client.example" && header(answer, "Auto-Submitted") === "auto-replied", answer ?? postfix.log.slice(-800));
    await answerSomebodyGone(desk, server, post);
    const bounced = await until(async () => (await tickets(desk)).find((it) => it.events.some((event) => event.event === "came-back")));
    suite.check("what Postfix could not deliver comes back to the ticket it was about", bounced?.messages[0].from.address === "nobody@gone.example", [(await tickets(desk)).map((it) => it.events.map((event) => event.sentence)), postfix.log.slice(-800)]);
    const told = bounced?.events.find((event) => event.event === "came-back")?.details;
    suite.check("and says for whom and why", told?.to === "nobody@gone.example" && told?.kind === "hard", told);
    suite.check("nobody heard the answer, so it is the desk's turn", bounced?.turn === "desk", bounced?.turn);
    suite.check("nothing answers the report", people.mails.length === 1, people.mails.map((it) => header(it, "Subject")));
  } finally {
    suite.check("nothing panicked", !server.panicked, server.log.slice(-600));
    await server.stop();
    await postfix.stop();
    await Promise.all([people.close(), gone.close()]);
  }
  const found = await doctor(desk);
  suite.check("kept doctor is content", found.content, found.words);
}

/** An automatic answer goes out with the null return path, so only what a person writes comes back. */
async function answerSomebodyGone(desk, server, post) {
  await post("nobody@gone.example", "2@gone.example");
  const ticket = await until(async () => (await ask(desk, ["ticket", "list"]))[1] && (await tickets(desk)).find((it) => it.messages[0].from.address === "nobody@gone.example"));
  const visitor = await signedIn(desk, server);
  await visitor.fillIn("/you", { seconds: "0" });
  const answer = await visitor.fillInParts(`/tickets/${ticket.number}`, { kind: "reply", then: "update", to: "nobody@gone.example", cc: "", text: "We are on it." });
  suite.check("an agent answers somebody who is gone", answer.status === 303, `${answer.status} ${answer.body.toString("utf8").slice(0, 300)}`);
}

async function tickets(desk) {
  const numbers = (await ask(desk, ["ticket", "list"])).map((it) => it.number);
  return Promise.all(numbers.map((number) => ask(desk, ["ticket", "show", String(number)])));
}

/** Postfix runs the command as nobody, who must own the desk's folder. */
async function pipe() {
  const data = scratch("postfix-pipe");
  chmodSync(data, 0o777);
  const postfix = await Postfix.start({
    settings: ["default_privs = nobody", `command_execution_directory = ${data}`],
    aliases: `support: "|${binary()} mail --data ${data}"\n`,
  });
  try {
    await handIn({ mail: postfix.address }, { from: "ines@client.example", to: "support@mx.example", bytes: mail({ from: "ines@client.example", to: "support@mx.example", subject: "By pipe", id: "3@client.example", text: "Hello." }) });
    const ticket = await until(async () => {
      const done = await kept(["ticket", "list", "--data", data, "--json"]);
      return done.code === 0 && JSON.parse(done.stdout)[0];
    });
    suite.check("an alias hands a mail to the pipe and it is a ticket", ticket?.subject === "By pipe", ticket || postfix.log.slice(-1200));
  } finally {
    await postfix.stop();
  }
}
