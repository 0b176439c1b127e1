// Debian's Dovecot as somebody else's mail server: one mailbox in a temporary folder, TLS with a
// certificate of its own, ended by the process group this started. Listens on 127.0.0.1 only.

import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, connect } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { scratch } from "./kept.mjs";

const PROGRAM = ["/usr/sbin/dovecot", "/usr/local/sbin/dovecot"].find(existsSync);

/** Why Dovecot can't be used here; null when it can. */
export const noDovecot = PROGRAM ? null : "dovecot-imapd is not installed";

const START_LIMIT_MS = 30_000;
const started = new Set();
process.on("exit", () => {
  for (const server of started) server.kill();
});

export class Dovecot {
  static async start() {
    const server = new Dovecot(scratch("dovecot"), await freePort());
    await server.run();
    return server;
  }

  constructor(folder, port) {
    Object.assign(this, { folder, port, user: "support@fox.example", sent: 0 });
    this.certificate = join(folder, "cert.pem");
    // Everything runs as one user who is not root: Dovecot serves no mail as root.
    const me = userInfo();
    this.owner = me.uid === 0 ? { name: "nobody", uid: 65534, gid: 65534 } : { name: me.username, uid: me.uid, gid: me.gid };
    chmodSync(folder, 0o755);
    this.mail = this.#own("mail");
    this.setPassword("hush");
    this.#certify();
    writeFileSync(join(folder, "dovecot.conf"), this.#config());
  }

  #own(name) {
    const path = join(this.folder, name);
    mkdirSync(path, { recursive: true });
    chownSync(path, this.owner.uid, this.owner.gid);
    return path;
  }

  #certify() {
    const to = ["-keyout", join(this.folder, "key.pem"), "-out", this.certificate];
    const says = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"];
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...to, ...says], { stdio: "ignore" });
  }

  #config() {
    const { name, uid, gid } = this.owner;
    return `
base_dir = ${this.folder}/run
state_dir = ${this.folder}/state
log_path = ${this.folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${this.certificate}
ssl_key = <${this.folder}/key.pem
default_login_user = ${name}
default_internal_user = ${name}
default_internal_group = ${execFileSync("id", ["-gn", name], { encoding: "utf8" }).trim()}
mail_location = maildir:${this.mail}/%u
first_valid_uid = 1
first_valid_gid = 1
service imap-login {
  chroot =
  inet_listener imap { port = 0 }
  inet_listener imaps { port = ${this.port} }
}
service anvil { chroot = }
service stats { chroot = }
passdb { driver = passwd-file
  args = scheme=PLAIN ${this.folder}/users
}
userdb { driver = static
  args = uid=${uid} gid=${gid} home=${this.mail}/home
}
`.replace(/\{ (driver = .*)\n/g, "{\n  $1\n").replace(/\{ (port = \d+) \}/g, "{\n    $1\n  }").replace(/\{ (chroot =) \}/g, "{\n  $1\n}");
  }

  async run() {
    this.child = spawn(PROGRAM, ["-F", "-c", join(this.folder, "dovecot.conf")], { detached: true, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    this.child.stderr.on("data", (part) => (said += part));
    this.ended = new Promise((resolve) => this.child.on("close", resolve));
    started.add(this);
    const deadline = performance.now() + START_LIMIT_MS;
    while (!(await answers(this.port))) {
      if (this.child.exitCode !== null || performance.now() > deadline) throw new Error(`Dovecot did not start: ${said}${this.log()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  log() {
    const path = join(this.folder, "log");
    return existsSync(path) ? readFileSync(path, "utf8").slice(-2000) : "";
  }

  /** Ends it and everything it started, the hard way. */
  kill() {
    started.delete(this);
    try {
      process.kill(-this.child.pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
    return this.ended;
  }

  setPassword(password) {
    writeFileSync(join(this.folder, "users"), `${this.user}:${password}\n`);
    chmodSync(join(this.folder, "users"), 0o644);
  }

  /** Puts a mail into the mailbox as a mail server does; `seen` when a human has read it already. */
  deliver(bytes, { seen = false } = {}) {
    this.sent += 1;
    for (const part of ["", "tmp", "new", "cur"]) this.#own(join("mail", this.user, part));
    const home = join(this.mail, this.user);
    const name = `${1700000000 + this.sent}.M${this.sent}P1.test`;
    const made = join(home, "tmp", name);
    writeFileSync(made, bytes);
    chownSync(made, this.owner.uid, this.owner.gid);
    renameSync(made, seen ? join(home, "cur", `${name}:2,S`) : join(home, "new", name));
  }

  /** The files of a folder, by their flags: `S` was read. */
  files(folder = "") {
    const home = join(this.mail, this.user, folder && `.${folder}`);
    const names = ["new", "cur"].flatMap((part) => {
      const path = join(home, part);
      return existsSync(path) ? readdirSync(path) : [];
    });
    return names.map((name) => /:2,(\w*)$/.exec(name)?.[1] ?? "");
  }

  /** Gives every mail a new number, as a restored backup does. Only while it is not running. */
  numberAnew() {
    const home = join(this.mail, this.user);
    for (const name of readdirSync(home)) if (/^dovecot[.-]/.test(name)) rmSync(join(home, name), { recursive: true });
  }
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
