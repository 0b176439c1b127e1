// A relay for outgoing mail that delivers to nobody: speaks SMTP on 127.0.0.1, keeps what it
// is given, and can be told to refuse or to be slow. Never connects anywhere.

import { createServer } from "node:net";

export class Sink {
  /** Listens on a free port. `answer(mail)` may give another reply than 250 after DATA. */
  static async open({ answer = () => "250 2.0.0 kept" } = {}) {
    const sink = new Sink(answer);
    await new Promise((resolve) => sink.server.listen(0, "127.0.0.1", resolve));
    sink.address = `127.0.0.1:${sink.server.address().port}`;
    return sink;
  }

  constructor(answer) {
    this.answer = answer;
    this.mails = [];
    this.sockets = new Set();
    this.server = createServer((socket) => this.#talk(socket));
  }

  #talk(socket) {
    this.sockets.add(socket);
    let buffer = "";
    let mail = empty();
    let inData = false;
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.sockets.delete(socket));
    socket.write("220 sink.example ESMTP\r\n");
    socket.on("data", (chunk) => {
      buffer += chunk.toString("latin1");
      for (let next; (next = inData ? takeMail(buffer) : takeLine(buffer)); ) {
        buffer = next.rest;
        if (inData) {
          inData = false;
          socket.write(`${this.#keep({ ...mail, text: next.text })}\r\n`);
          mail = empty();
          continue;
        }
        inData = /^DATA/i.test(next.text);
        socket.write(`${command(next.text, mail)}\r\n`);
        if (/^QUIT/i.test(next.text)) socket.end();
      }
    });
  }

  #keep(mail) {
    const reply = this.answer(mail);
    if (!reply.startsWith("2")) return reply;
    this.mails.push(mail);
    return reply;
  }

  close() {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((resolve) => this.server.close(resolve));
  }
}

const empty = () => ({ from: "", to: [], text: "" });

function takeLine(buffer) {
  const end = buffer.indexOf("\r\n");
  return end < 0 ? null : { text: buffer.slice(0, end), rest: buffer.slice(end + 2) };
}

function takeMail(buffer) {
  const end = buffer.startsWith(".\r\n") ? -2 : buffer.indexOf("\r\n.\r\n");
  if (end === -1) return null;
  const text = buffer.slice(0, Math.max(end + 2, 0)).replaceAll("\r\n..", "\r\n.");
  return { text, rest: buffer.slice(end + 5) };
}

function command(line, mail) {
  const address = /<([^>]*)>/.exec(line)?.[1] ?? "";
  if (/^(EHLO|HELO)/i.test(line)) return "250-sink.example\r\n250-8BITMIME\r\n250 SMTPUTF8";
  if (/^MAIL/i.test(line)) mail.from = address;
  if (/^RCPT/i.test(line)) mail.to.push(address);
  if (/^DATA/i.test(line)) return "354 go on";
  if (/^QUIT/i.test(line)) return "221 bye";
  return "250 ok";
}

/** One header field of a kept mail, unfolded; "" when it has none of that name. */
export function header(mail, name) {
  const head = mail.text.split("\r\n\r\n", 1)[0].replace(/\r\n[ \t]+/g, " ");
  return new RegExp(`^${name}:\\s*(.*)$`, "im").exec(head)?.[1].trim() ?? "";
}
