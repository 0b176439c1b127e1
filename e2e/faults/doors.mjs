// Faults at the doors mail comes in by: talk that is no mail, too much of it, a wrong token,
// being asked to end in the middle.

import { connect } from "node:net";
import { endpoint, scratch, serve } from "../lib/kept.mjs";
import { Lmtp } from "../lib/lmtp.mjs";
import { letter } from "../lib/mails.mjs";
import { contentDoctor, everyOneIsThere, RECIPIENT, sendOne, suite } from "./common.mjs";

export async function doors() {
  await suite.scenario("What the mail port is told that is no mail", async () => {
    const desk = { data: scratch("port-talk") };
    const server = await serve(desk);
    const rude = await sayRaw(server.mail, "LHLO x\r\nNONSENSE\r\nDATA\r\nRSET\r\nQUIT\r\n");
    suite.check("unknown and misplaced commands are refused in words", /\r\n5\d\d /.test(rude) && rude.includes("221"), rude);
    const half = `LHLO x\r\nMAIL FROM:<dana@acme.example>\r\nRCPT TO:<${RECIPIENT}>\r\nDATA\r\nSubject: half a mail\r\n\r\nIt stops in the mid`;
    await sayRaw(server.mail, half, { cut: /354/ });
    const endless = await sayRaw(server.mail, `LHLO ${"x".repeat(300_000)}\r\n`);
    suite.check("a line without end is refused", /(^|\r\n)5\d\d /.test(endless) || !endless.includes("250"), endless.slice(-200));
    const dots = Buffer.from("..first line\r\nSubject: dots\r\n\r\n.\r\n..\r\n.end\r\n");
    const smuggled = Buffer.from("Subject: smuggled\r\n\r\nbefore\n.\nMAIL FROM:<x@example.com>\r\nafter\r.\rlast\r\n");
    const bare = Buffer.from("Subject: no end of line");
    for (const [words, mail] of [["begins with dots", dots], ["holds bare line ends around a dot", smuggled], ["does not end its last line", bare]]) {
      const reply = await sendOne(server.mail, mail);
      suite.check(`a mail that ${words} is taken`, reply.code === 250, reply);
    }
    await everyOneIsThere(desk, [dots, smuggled, bare], { only: true });
    await server.stop();
  });

  await suite.scenario("A mail beyond the limit", async () => {
    const desk = { data: scratch("limit") };
    const server = await serve(desk, { env: { KEPT_LARGEST_MAIL_MIB: "1" } });
    const reply = await sendOne(server.mail, letter({ n: 1, padBytes: 1_200_000 }));
    suite.check("it is refused for good, with 552", reply.code === 552, reply);
    const next = letter({ n: 2, padBytes: 700_000 });
    suite.check("one below the limit is taken", (await sendOne(server.mail, next)).code === 250);
    await everyOneIsThere(desk, [next], { only: true });
    await server.stop();
  });

  await suite.scenario("Mail handed in over HTTP", async () => {
    const desk = { data: scratch("http") };
    const closed = await serve(desk);
    suite.check("without a token in the configuration the door is closed", (await handIn(closed, letter({ n: 1 }), "guess")).status === 404);
    await closed.stop();
    const server = await serve(desk, { env: { KEPT_INTAKE_TOKEN: "open sesame", KEPT_LARGEST_MAIL_MIB: "1" } });
    const wrong = await handIn(server, letter({ n: 2 }), "open sesamf");
    suite.check("a wrong token is refused with 401", wrong.status === 401, wrong.status);
    const large = await handIn(server, letter({ n: 3, padBytes: 1_200_000 }), "open sesame");
    suite.check("a mail beyond the limit is refused with 413", large.status === 413, large.status);
    const right = letter({ n: 4 });
    const taken = await handIn(server, right, "open sesame");
    suite.check("the right token opens", taken.status === 200, taken.status);
    suite.check("and the answer says what became of the mail", (await taken.json()).taken === "opened");
    await everyOneIsThere(desk, [right], { only: true, as: (bytes) => bytes });
    await server.stop();
  });

  await suite.scenario("Being asked to end while mail comes in", async () => {
    const desk = { data: scratch("term") };
    const server = await serve(desk);
    const accepted = [];
    const client = await Lmtp.open(server.mail);
    let end;
    for (let n = 0; n < 200; n += 1) {
      const mail = letter({ n, name: "term" });
      const reply = await client.send({ from: "dana@acme.example", to: RECIPIENT, bytes: mail }).catch(() => ({ code: 0 }));
      if (reply.code !== 250) break;
      accepted.push(mail);
      if (n === 20) end = server.stop();
    }
    const { code, signal } = await end;
    suite.check("it ends with exit code 0", code === 0, { code, signal, log: server.log.slice(-300) });
    await everyOneIsThere(desk, accepted, { only: true });
    await contentDoctor(desk);
  });
}

function handIn(server, bytes, token) {
  return fetch(`http://${server.http}/intake/mail`, { method: "POST", body: bytes, headers: { authorization: `Bearer ${token}` } });
}

/** Says something on a bare connection; gives all it heard. Hangs up when `cut` is heard. */
function sayRaw(address, text, { cut } = {}) {
  return new Promise((resolve) => {
    let heard = "";
    const socket = connect(endpoint(address), () => socket.write(text));
    const timer = setTimeout(() => socket.destroy(), 10_000);
    socket.on("data", (chunk) => {
      heard += chunk;
      if (cut?.test(heard)) socket.destroy();
      else if (/^221/m.test(heard)) socket.end();
    });
    socket.on("error", () => {});
    socket.on("close", () => (clearTimeout(timer), resolve(heard)));
  });
}
