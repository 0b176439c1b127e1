// A mail server that never forgets: sends distinct mails on several connections at once, keeps
// those nobody confirmed, and sends them again. It never sends a confirmed one twice.

import { Lmtp } from "./lmtp.mjs";
import { fromOf } from "./mails.mjs";

const CONNECTIONS = 6;

export class Post {
  /** `write(n)` gives the n-th mail. */
  constructor(write) {
    this.write = write;
    this.n = 0;
    this.acknowledged = [];
    this.waiting = [];
    this.inDoubt = 0;
    this.senders = [];
  }

  /** Resolves at the moment the server has confirmed `enough` mails; sending goes on. */
  deliverUntil(server, enough) {
    return new Promise((resolve) => {
      let confirmed = 0;
      const told = () => (confirmed += 1) === enough && resolve();
      this.senders = Array.from({ length: CONNECTIONS }, () => this.#send(server.mail, told, () => this.#next()));
      // Should every connection end early, the round is over rather than stuck.
      Promise.all(this.senders).then(resolve);
    });
  }

  /** Resolves when every sender has noticed that the server is gone. */
  settled() {
    return Promise.all(this.senders);
  }

  /** Sends again what is in doubt; what is still waiting afterwards was refused. */
  async deliverTheRest(server) {
    await this.#send(server.mail, () => {}, () => this.waiting.shift());
  }

  #next() {
    if (this.waiting.length > 0) return this.waiting.shift();
    this.n += 1;
    return this.write(this.n);
  }

  async #send(address, told, next) {
    let bytes;
    try {
      const client = await Lmtp.open(address);
      while ((bytes = next())) {
        const reply = await client.send({ from: fromOf(bytes), to: "support@localhost", bytes });
        if (reply.code !== 250) throw new Error(reply.text);
        this.acknowledged.push(bytes);
        bytes = null;
        told();
      }
      await client.quit();
    } catch {
      if (!bytes) return;
      this.waiting.push(bytes);
      this.inDoubt += 1;
    }
  }
}
