// A small mail world on 127.0.0.1: a relay that brings each mail to whoever has its recipient's domain, and counts them
// all. A correspondent is a desk's listener, or a function that may answer. Nothing leaves this machine.

import { connect } from "node:net";
import { endpoint } from "./kept.mjs";
import { Sink } from "./sink.mjs";

const SILENCE_MS = 1500;

export class Exchange {
  /** `correspondents`: domain → a desk ({mail}) or a function from a mail to the mails it answers with. */
  static async open() {
    const exchange = new Exchange();
    exchange.sink = await Sink.open({ answer: (mail) => exchange.#carry(mail) });
    exchange.address = exchange.sink.address;
    return exchange;
  }

  correspondents = new Map();
  carried = [];
  troubles = [];
  #last = 0;
  #under = 0;

  /** Anybody may post here; the mail is carried before long, and a desk's refusal is a trouble. */
  post(mail) {
    this.#carry(mail);
  }

  #carry(mail) {
    this.#last = performance.now();
    for (const to of mail.to) this.#deliver({ ...mail, to: [to] });
    return "250 2.0.0 carried";
  }

  async #deliver(mail) {
    this.carried.push(mail);
    const there = this.correspondents.get(mail.to[0].split("@").pop());
    this.#under += 1;
    try {
      if (typeof there === "function") for (const answer of there(mail)) this.#carry(answer);
      else if (there) await submit(there.mail, mail);
      else this.troubles.push(`nobody has ${mail.to[0]}`);
    } catch (error) {
      this.troubles.push(error.message);
    } finally {
      this.#under -= 1;
      this.#last = performance.now();
    }
  }

  /** Waits until nothing was carried for a while; `limit` mails end it at once, since that is no silence. */
  async silence(limit) {
    while (this.carried.length < limit && (this.#under > 0 || performance.now() - this.#last < SILENCE_MS)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  close() {
    return this.sink.close();
  }
}

/** One mail by SMTP to `address`, as another server would bring it. */
function submit(address, { from, to, text }) {
  const body = text.replace(/\r?\n/g, "\r\n").replace(/^\./gm, "..");
  const lines = ["EHLO exchange.example", `MAIL FROM:<${from}>`, ...to.map((it) => `RCPT TO:<${it}>`), "DATA", `${body}\r\n.`, "QUIT"];
  return new Promise((resolve, reject) => {
    const socket = connect(endpoint(address));
    socket.setEncoding("latin1");
    socket.setTimeout(20_000, () => socket.destroy(new Error("the desk says nothing")));
    socket.on("error", reject);
    let heard = "";
    socket.on("data", (chunk) => {
      heard += chunk;
      for (let end; (end = /^\d{3} [^\n]*\n/m.exec(heard)); ) {
        heard = heard.slice(end.index + end[0].length);
        if (!/^[23]/.test(end[0])) return socket.destroy(new Error(`refused: ${end[0].trim()}`));
        if (lines.length === 0) return void (socket.end(), resolve());
        socket.write(`${lines.shift()}\r\n`, "latin1");
      }
    });
  });
}
