// Runs the program under test: finds the binary, starts and stops `kept serve`, calls its
// commands. Never touches the project's own data folder, and ends every process it started.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

const READY = /^listening http=(\S+) mail=(\S+)/m;
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 30_000;

/** The program: $KEPT_BIN, else the newest one built. */
export function binary() {
  if (process.env.KEPT_BIN) return process.env.KEPT_BIN;
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const built = ["release", "debug"].map((profile) => join(target, profile, "kept")).filter(existsSync);
  built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (built.length === 0) throw new Error("there is no kept to test: run `cargo build` first, or set KEPT_BIN");
  return built[0];
}

const leftovers = [];
const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
  for (const folder of leftovers) rmSync(folder, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/** A fresh folder that is gone when this process ends. */
export function scratch(name) {
  const folder = mkdtempSync(join(tmpdir(), `kept-${name}-`));
  leftovers.push(folder);
  return folder;
}

// Settings of the person who runs the tests must not reach the program under test.
function environment(extra) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("KEPT_"));
  return { ...Object.fromEntries(inherited), ...extra };
}

function place({ data, database }) {
  return ["--data", data, ...(database ? ["--database", database] : [])];
}

/** Runs one command to its end. Gives {code, signal, stdout, stderr}. */
export function kept(args, { input, env, limitMs = 120_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary(), args, { env: environment(env) });
    running.add(child);
    const out = [];
    const err = [];
    child.stdout.on("data", (chunk) => out.push(chunk));
    child.stderr.on("data", (chunk) => err.push(chunk));
    // A command that ends before it read everything closes the pipe; its exit code tells why.
    child.stdin.on("error", () => {});
    child.stdin.end(input ?? "");
    const timer = setTimeout(() => child.kill("SIGKILL"), limitMs);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      const text = (parts) => Buffer.concat(parts).toString("utf8");
      resolve({ code, signal, stdout: text(out), stderr: text(err) });
    });
  });
}

/** The same on a desk (its data folder and database), and its answer read as one JSON value. */
export async function ask(desk, args) {
  const [answer] = await askLines(desk, args);
  return answer;
}

/** The same for commands that answer with a JSON value a line. */
export async function askLines(desk, args) {
  const done = await kept([...args, ...place(desk), "--json"]);
  if (done.code !== 0) throw new Error(`kept ${args.slice(0, 4).join(" ")} ended with ${done.code ?? done.signal}: ${done.stderr}`);
  return done.stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

/** `kept doctor` on a desk: {content, panicked, words}. */
export async function doctor(desk) {
  const done = await kept(["doctor", ...place(desk)]);
  const words = `${done.stdout}${done.stderr}`.trim();
  return { content: done.code === 0, panicked: /panicked at/.test(words), words };
}

/**
 * Starts `kept serve` on free ports (or given ones) and waits until it listens.
 * Rejects with what it printed when it ends before that.
 */
export function serve(desk, { env, http = "127.0.0.1:0", mail = "127.0.0.1:0" } = {}) {
  const args = ["serve", ...place(desk), "--http", http, "--mail", mail];
  const child = spawn(binary(), args, { env: environment(env), stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  const server = new Server(child);
  return server.ready();
}

class Server {
  constructor(child) {
    this.child = child;
    this.pid = child.pid;
    this.log = "";
    this.stdout = "";
    child.stdout.on("data", (chunk) => (this.stdout += chunk));
    child.stderr.on("data", (chunk) => (this.log += chunk));
    this.ended = new Promise((resolve) => {
      child.on("error", (error) => resolve({ code: null, signal: null, error }));
      child.on("close", (code, signal) => {
        running.delete(child);
        resolve({ code, signal });
      });
    });
  }

  ready() {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#giveUp(reject), START_LIMIT_MS);
      this.child.stdout.on("data", () => {
        const found = READY.exec(this.stdout);
        if (!found) return;
        clearTimeout(timer);
        [, this.http, this.mail] = found;
        resolve(this);
      });
      this.ended.then((end) => {
        clearTimeout(timer);
        reject(new Error(`kept serve ended with ${end.code ?? end.signal ?? end.error.message}: ${this.log}`));
      });
    });
  }

  #giveUp(reject) {
    this.child.kill("SIGKILL");
    reject(new Error(`kept serve did not say that it listens within ${START_LIMIT_MS} ms: ${this.stdout}${this.log}`));
  }

  /** True when something in the program panicked. */
  get panicked() {
    return /panicked at/.test(this.log);
  }

  get running() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Asks it to end and waits. Gives {code, signal}; kills it when it takes too long. */
  async stop() {
    this.child.kill("SIGTERM");
    const timer = setTimeout(() => this.child.kill("SIGKILL"), STOP_LIMIT_MS);
    const end = await this.ended;
    clearTimeout(timer);
    return end;
  }

  /** Ends it the hard way, as a power cut would. */
  async kill() {
    this.child.kill("SIGKILL");
    return this.ended;
  }
}

/** `127.0.0.1:2525` as {host, port}. */
export function endpoint(address) {
  const at = address.lastIndexOf(":");
  return { host: address.slice(0, at), port: Number(address.slice(at + 1)) };
}
