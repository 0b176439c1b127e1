// Hands one mail to the program as its author's mail server would: with swaks where it is installed, else with our own
// LMTP client. The same bytes either way.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "./kept.mjs";
import { Lmtp } from "./lmtp.mjs";

const folder = scratch("mails");
let sent = 0;

export const hasSwaks = spawnSync("sh", ["-c", "command -v swaks"]).status === 0;

/** Sends `bytes` to `to`; throws with the server's words when it does not take them. */
export async function handIn(server, { from, to, bytes }) {
  if (!hasSwaks) return withLmtp(server, { from, to, bytes });
  const file = join(folder, `${(sent += 1)}.eml`);
  writeFileSync(file, bytes);
  const done = spawnSync("swaks", ["--server", server.mail, "--from", from, "--to", to, "--data", `@${file}`], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`swaks ended with ${done.status}: ${done.stdout}${done.stderr}`);
}

async function withLmtp(server, mail) {
  const client = await Lmtp.open(server.mail);
  const reply = await client.send(mail);
  client.close();
  if (reply.code !== 250) throw new Error(`refused: ${reply.code} ${reply.text}`);
}

/** A mail as a person's program writes it. `file` is {name, type, bytes}. */
export function mail({ from, to, subject, id, answers, text, file, at = new Date() }) {
  const lines = [`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, `Message-ID: <${id}>`, `Date: ${at.toUTCString().replace("GMT", "+0000")}`, "MIME-Version: 1.0"];
  if (answers) lines.push(`In-Reply-To: <${answers}>`, `References: <${answers}>`);
  const body = ["Content-Type: text/plain; charset=utf-8", "", text];
  if (!file) return bytesOf([...lines, ...body]);
  const part = [`Content-Type: ${file.type}; name="${file.name}"`, `Content-Disposition: attachment; filename="${file.name}"`, "Content-Transfer-Encoding: base64", ""];
  const base64 = file.bytes.toString("base64").replace(/.{76}/g, "$&\r\n");
  return bytesOf([...lines, 'Content-Type: multipart/mixed; boundary="seam"', "", "--seam", ...body, "--seam", ...part, base64, "--seam--"]);
}

const bytesOf = (lines) => Buffer.from(`${lines.join("\r\n")}\r\n`, "utf8");
