// A small LMTP client (RFC 2033) that pipelines (RFC 2920) and sends every byte as it is.
// It never repairs line ends, and never decides what a refusal means: it gives the reply back.

import { connect } from "node:net";
import { endpoint } from "./kept.mjs";

const REPLY_LIMIT_MS = 60_000;

export class Lmtp {
  /** Connects, reads the greeting and says LHLO. Rejects when the server does not want to talk. */
  static async open(address) {
    const client = new Lmtp(connect({ ...endpoint(address), noDelay: true }));
    await client.#expect(220);
    client.#write("LHLO client.example\r\n");
    const hello = await client.#expect(250);
    client.pipelining = /PIPELINING/i.test(hello.text);
    return client;
  }

  constructor(socket) {
    this.socket = socket;
    this.buffer = "";
    this.lines = [];
    this.waiting = [];
    this.closed = null;
    socket.on("data", (chunk) => this.#take(chunk));
    socket.on("error", (error) => this.#end(error));
    socket.on("close", () => this.#end(new Error("the server closed the connection")));
  }

  /**
   * Sends one mail to one recipient. Gives the last reply {code, text}; the mail is the server's
   * when its code is 250. Rejects when the connection broke: then nobody knows.
   */
  async send({ from, to, bytes }) {
    const utf8 = /[^\x20-\x7e]/.test(from + to) ? " SMTPUTF8" : "";
    const commands = [`MAIL FROM:<${from}>${utf8}\r\n`, `RCPT TO:<${to}>\r\n`, "DATA\r\n"];
    const replies = await this.#commands(commands);
    const data = replies[2];
    const refused = replies.find((reply) => reply.code >= 400);
    if (data.code !== 354) {
      await this.#commands(["RSET\r\n"]);
      return refused ?? data;
    }
    this.socket.write(onTheWire(bytes));
    // RFC 2033 §4.2: one reply for each accepted recipient; without one, DATA should have failed.
    return this.reply();
  }

  async #commands(commands) {
    if (this.pipelining) {
      this.#write(commands.join(""));
      const replies = [];
      for (const _ of commands) replies.push(await this.reply());
      return replies;
    }
    const replies = [];
    for (const command of commands) {
      this.#write(command);
      replies.push(await this.reply());
    }
    return replies;
  }

  async quit() {
    this.#write("QUIT\r\n");
    await this.reply().catch(() => {});
    this.socket.destroy();
  }

  #write(text) {
    this.socket.write(text, "utf8");
  }

  async #expect(code) {
    const reply = await this.reply();
    if (reply.code !== code) throw new Error(`the server said ${reply.text} where ${code} was due`);
    return reply;
  }

  /** The next reply, its continuation lines joined. */
  reply() {
    return new Promise((resolve, reject) => {
      if (this.lines.length > 0) return resolve(this.lines.shift());
      if (this.closed) return reject(this.closed);
      const timer = setTimeout(() => this.#end(new Error("the server did not reply in time")), REPLY_LIMIT_MS);
      this.waiting.push({
        resolve: (reply) => (clearTimeout(timer), resolve(reply)),
        reject: (error) => (clearTimeout(timer), reject(error)),
      });
    });
  }

  #take(chunk) {
    this.buffer += chunk.toString("latin1");
    for (let found; (found = /^(?:\d{3}-.*\r\n)*(\d{3})(?: .*)?\r\n/.exec(this.buffer)); ) {
      this.buffer = this.buffer.slice(found[0].length);
      const reply = { code: Number(found[1]), text: found[0].trim() };
      const waiter = this.waiting.shift();
      if (waiter) waiter.resolve(reply);
      else this.lines.push(reply);
    }
  }

  #end(error) {
    this.closed ??= error;
    for (const waiter of this.waiting.splice(0)) waiter.reject(this.closed);
    this.socket.destroy();
  }
}

/**
 * What the server must keep of a mail sent through DATA. A mail on the wire ends with CRLF
 * (RFC 5321 §4.1.1.4), so one that does not gets it; all else stays, bare CR and LF included.
 */
export function asSent(bytes) {
  return bytes.length >= 2 && bytes[bytes.length - 2] === 13 && bytes[bytes.length - 1] === 10
    ? bytes
    : Buffer.concat([bytes, Buffer.from("\r\n")]);
}

/** The mail with its dots stuffed and its end marked. Only CRLF ends a line (RFC 5321 §2.3.8). */
export function onTheWire(bytes) {
  const stuffed = `\r\n${asSent(bytes).toString("latin1")}`.replaceAll("\r\n.", "\r\n..").slice(2);
  return Buffer.from(`${stuffed}.\r\n`, "latin1");
}
