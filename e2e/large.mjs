// The largest mail the desk takes, with two hundred files: taken in, every file there, within the memory a small machine
// has. Reads the program's own peak from /proc, so Linux only.

import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { signedIn } from "./lib/desk.mjs";
import { ask, doctor, scratch, serve } from "./lib/kept.mjs";
import { Lmtp } from "./lib/lmtp.mjs";
import { Suite } from "./lib/suite.mjs";

const FILES = 200;
const MAIL_BYTES = 50 * 1024 * 1024;
/** The protocol's and the parts' own lines. */
const LINES_BYTES = 96 * 1024;
const MOST_MIB = 250;
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

const suite = new Suite("large mail");
if (!existsSync("/proc/self/status")) {
  suite.skip("memory for a large mail", "there is no /proc here");
  console.log(suite.summary());
  process.exit(0);
}
const desk = { data: scratch("large") };
const server = await serve(desk);
const files = Array.from({ length: FILES }, (_, n) => ({ name: `picture ${n}.bin`, bytes: randomBytes(Math.floor((MAIL_BYTES - LINES_BYTES) / FILES / 78) * 57) }));
const bytes = mail(files);
const client = await Lmtp.open(server.mail);
const reply = await client.send({ from: "ines@client.example", to: "support@localhost", bytes });
await client.quit();
suite.check(`a mail of ${(bytes.length / 1024 / 1024).toFixed(1)} MiB is taken in`, reply.code === 250, reply);
const [ticket] = await ask(desk, ["ticket", "show", "1"]).then((it) => [it]);
const stored = new Set(ticket.messages[0].attachments.map((it) => it.sha256));
suite.check(`all ${FILES} files are there`, files.every((it) => stored.has(sha256(it.bytes))), stored.size);
const visitor = await signedIn(desk, server);
const page = await visitor.get("/tickets/1");
suite.check("its page opens", page.status === 200, page.status);
const original = await visitor.get(`/messages/${ticket.messages[0].id}/raw`);
suite.check("the original is there byte for byte", original.body.equals(bytes), original.body.length);
const peak = Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1]) / 1024;
suite.check(`${peak.toFixed(0)} MiB at the most, of ${MOST_MIB}`, peak < MOST_MIB, peak);
suite.check("nothing panicked", !server.panicked, server.log.slice(-600));
await server.stop();
const found = await doctor(desk);
suite.check("kept doctor is content", found.content, found.words);
suite.finish();

function mail(files) {
  const head = ["From: Ines <ines@client.example>", "To: support@localhost", "Subject: All the pictures", "Message-ID: <large@client.example>", "Date: Mon, 23 Nov 2026 09:00:00 +0000", "MIME-Version: 1.0", 'Content-Type: multipart/mixed; boundary="seam"', "", "--seam", "Content-Type: text/plain", "", "Here they are.", ""];
  const parts = files.map(({ name, bytes }) =>
    [`--seam`, "Content-Type: application/octet-stream", `Content-Disposition: attachment; filename="${name}"`, "Content-Transfer-Encoding: base64", "", bytes.toString("base64").replace(/.{1,76}/g, "$&\r\n")].join("\r\n"));
  return Buffer.from(`${head.join("\r\n")}${parts.join("")}--seam--\r\n`, "latin1");
}
