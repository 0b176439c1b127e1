// Faults of the disk: read-only, full, damaged behind our back.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { smallDisk } from "../lib/disk.mjs";
import { doctor, kept, serve, scratch } from "../lib/kept.mjs";
import { letter } from "../lib/mails.mjs";
import { contentDoctor, everyOneIsThere, refuses, sendOne, suite } from "./common.mjs";

export async function disk() {
  await suite.scenario("A data folder on a read-only disk", async () => {
    const disk = smallDisk("readonly", 16);
    if (disk.why) return suite.skip("read-only disk", disk.why);
    const data = join(disk.folder, "data");
    mkdirSync(data);
    disk.remount("ro");
    await refuses(["serve", "--data", data], [data]);
    await refuses(["mail", "--data", data], [data], { input: letter({ n: 1 }), code: 75 });
    disk.release();
  });

  await suite.scenario("A full disk", async () => {
    const disk = smallDisk("full", 48);
    if (disk.why) return suite.skip("full disk", disk.why);
    const desk = { data: join(disk.folder, "data") };
    const server = await serve(desk);
    const ballast = join(disk.folder, "ballast");
    fill(ballast, 24);
    const sent = await sendUntilRefused(server.mail, 400);
    suite.check("the disk took some mails and then no more", sent.accepted.length > 0 && sent.refused, sent.refused);
    suite.check("the refusal is temporary, so the sender tries again", sent.refused?.code >= 400 && sent.refused.code < 500, sent.refused);
    suite.check("the program still runs", server.running && !server.panicked, server.log.slice(-600));
    rmSync(ballast);
    const after = letter({ n: 9000, name: "full" });
    const reply = await sendOne(server.mail, after);
    suite.check("with room again, mail is taken again without a restart", reply.code === 250, reply);
    await everyOneIsThere(desk, [...sent.accepted, after]);
    await server.stop();
    await contentDoctor(desk);
    disk.release();
  });

  await suite.scenario("A stored original that was damaged behind our back", async () => {
    const desk = { data: scratch("damage") };
    const done = await kept(["mail", "--data", desk.data], { input: letter({ n: 1, padBytes: 90_000 }) });
    suite.check("a large mail is taken through the pipe", done.code === 0, done.stderr);
    const blobs = readdirSync(join(desk.data, "blobs"), { recursive: true }).map((name) => join(desk.data, "blobs", name));
    const [original] = blobs.filter((path) => statSync(path).isFile());
    const bytes = readFileSync(original);
    bytes[bytes.length - 9] ^= 1;
    writeFileSync(original, bytes);
    const changed = await doctor(desk);
    suite.check("kept doctor notices one changed bit", !changed.content && !changed.panicked, changed.words);
    rmSync(original);
    const gone = await doctor(desk);
    suite.check("kept doctor notices that it is gone", !gone.content && !gone.panicked, gone.words);
  });
}

/** Takes so much of the disk away. */
function fill(path, mebibytes) {
  const done = spawnSync("dd", ["if=/dev/zero", `of=${path}`, "bs=1M", `count=${mebibytes}`], { encoding: "utf8" });
  if (!existsSync(path)) throw new Error(`can't fill the disk: ${done.stderr}`);
}

async function sendUntilRefused(address, most) {
  const accepted = [];
  for (let n = 0; n < most; n += 1) {
    const bytes = letter({ n, padBytes: 200_000, name: "full" });
    const reply = await sendOne(address, bytes).catch((error) => ({ code: 0, text: error.message }));
    if (reply.code !== 250) return { accepted, refused: reply };
    accepted.push(bytes);
  }
  return { accepted, refused: null };
}
