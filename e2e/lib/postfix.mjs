// A Postfix of its own for one test: its folders are temporary, it listens on 127.0.0.1 only, on a free port, and is gone
// afterwards. Needs Debian's postfix package, and root, as Postfix does. Delivers to nobody but whom the test names.

import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { scratch } from "./kept.mjs";

const START_LIMIT_MS = 30_000;

const idOf = (user) => Number(spawnSync("id", ["-u", user], { encoding: "utf8" }).stdout);

/** Why there can be no Postfix here; null when there can. */
export function noPostfix() {
  if (spawnSync("sh", ["-c", "command -v postfix"]).status !== 0) return "Postfix is not installed (apt-get install postfix)";
  return process.getuid() === 0 ? null : "Postfix needs root";
}

function run(command, ...args) {
  const done = spawnSync(command, args, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${command}: ${done.stderr}`);
}

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class Postfix {
  /** `settings` are lines of main.cf; `files` are tables by name, each `regexp:`- or `texthash:`-readable. */
  static async start({ settings = [], files = {}, aliases = "" }) {
    const postfix = new Postfix();
    postfix.port = await freePort();
    postfix.address = `127.0.0.1:${postfix.port}`;
    postfix.folder = scratch("postfix");
    chmodSync(postfix.folder, 0o755);
    postfix.#write({ settings, files, aliases });
    postfix.child = spawn("/usr/lib/postfix/sbin/master", ["-c", join(postfix.folder, "etc"), "-d"], { stdio: ["ignore", "pipe", "pipe"] });
    await postfix.#ready();
    return postfix;
  }

  #write({ settings, files, aliases }) {
    const at = (...parts) => join(this.folder, ...parts);
    for (const name of ["etc", "queue", "data", "log"]) mkdirSync(at(name));
    chownSync(at("data"), idOf("postfix"), 0);
    for (const [name, text] of Object.entries({ ...files, aliases })) writeFileSync(at("etc", name), text);
    const main = [
      "compatibility_level = 3.6",
      `queue_directory = ${at("queue")}`,
      `data_directory = ${at("data")}`,
      `maillog_file = ${at("log", "mail.log")}`,
      `maillog_file_prefixes = ${at("log")}`,
      "inet_interfaces = 127.0.0.1",
      "inet_protocols = ipv4",
      "mynetworks = 127.0.0.0/8",
      "myhostname = mx.example",
      "mydestination = mx.example",
      `alias_maps = hash:${at("etc", "aliases")}`,
      "alias_database =",
      "local_recipient_maps =",
      "smtp_host_lookup = native",
      "disable_dns_lookups = yes",
      "smtputf8_enable = no",
      "minimal_backoff_time = 1s",
      "maximal_backoff_time = 2s",
      "queue_run_delay = 1s",
      "bounce_queue_lifetime = 1h",
      ...settings.map((line) => line.replaceAll("$ETC", at("etc"))),
    ];
    writeFileSync(at("etc", "main.cf"), `${main.join("\n")}\n`);
    writeFileSync(at("etc", "master.cf"), `${services(this.port).join("\n")}\n`);
    run("postalias", "-c", at("etc"), `hash:${at("etc", "aliases")}`);
    run("postfix", "-c", at("etc"), "check");
  }

  async #ready() {
    const deadline = performance.now() + START_LIMIT_MS;
    for (;;) {
      if (await answers(this.port)) return;
      if (this.child.exitCode !== null || performance.now() > deadline) throw new Error(`Postfix did not start: ${this.log}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  get log() {
    const file = join(this.folder, "log", "mail.log");
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  async stop() {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGTERM");
    await ended;
  }
}

function services(port) {
  const plain = ["cleanup unix n - n - 0 cleanup", "qmgr unix n - n 300 1 qmgr", "rewrite unix - - n - - trivial-rewrite", "bounce unix - - n - 0 bounce", "defer unix - - n - 0 bounce", "trace unix - - n - 0 bounce", "proxymap unix - - n - - proxymap", "smtp unix - - n - - smtp", "lmtp unix - - n - - lmtp", "error unix - - n - - error", "retry unix - - n - - error", "discard unix - - n - - discard", "local unix - n n - - local", "anvil unix - - n - 1 anvil", "scache unix - - n - 1 scache", "postlog unix-dgram n - n - 1 postlogd", "pickup unix n - n 60 1 pickup"];
  return [`127.0.0.1:${port} inet n - n - - smtpd`, ...plain];
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("data", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}
