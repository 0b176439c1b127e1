// A browser without a screen: asks for pages on one kept-alive connection, keeps cookies, fills
// forms in as the page gives them. Follows no redirect unless told; runs no script.

import { Agent, request } from "node:http";
import { endpoint } from "./kept.mjs";

export class Visitor {
  constructor(address) {
    this.address = address;
    this.agent = new Agent({ keepAlive: true, maxSockets: 1 });
    this.cookies = new Map();
  }

  /** The cookie header of the next request. */
  get cookie() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  get(path) {
    return this.#ask("GET", path);
  }

  post(path, fields) {
    return this.#ask("POST", path, new URLSearchParams(fields).toString());
  }

  /** Opens a page, finds the form that has all of `fields`, and sends it with them filled in. */
  async fillIn(path, fields) {
    const form = await this.#form(path, fields);
    return this.post(form.action, form.filled);
  }

  /** The same with a form that can carry files. */
  async fillInParts(path, fields) {
    const form = await this.#form(path, fields);
    const parts = new FormData();
    for (const [name, value] of Object.entries(form.filled)) parts.append(name, value);
    const encoded = new Response(parts);
    return this.#ask("POST", form.action, Buffer.from(await encoded.arrayBuffer()), encoded.headers.get("content-type"));
  }

  async #form(path, fields) {
    const page = await this.get(path);
    const text = page.body.toString("utf8");
    const form = [...text.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].find(([, , inside]) =>
      Object.keys(fields).every((name) => inside.includes(`name="${name}"`)));
    if (!form) throw new Error(`${path} (${page.status}) has no form with ${Object.keys(fields).join(", ")}`);
    return { action: attribute(form[1], "action") ?? path, filled: { ...hidden(form[2]), ...fields } };
  }

  async signIn({ email, password }) {
    const answer = await this.fillIn("/sign-in", { email, password });
    if (answer.status >= 400) throw new Error(`signing in answered ${answer.status}`);
  }

  #ask(method, path, body, type = "application/x-www-form-urlencoded") {
    const headers = { cookie: this.cookie };
    if (body !== undefined) {
      headers["content-type"] = type;
      headers["content-length"] = Buffer.byteLength(body);
      headers.origin = `http://${this.address}`;
    }
    return new Promise((resolve, reject) => {
      const asked = request({ ...endpoint(this.address), method, path, headers, agent: this.agent }, (answer) => {
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("end", () => {
          this.#keep(answer.headers["set-cookie"] ?? []);
          resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) });
        });
      });
      asked.on("error", reject);
      asked.end(body);
    });
  }

  #keep(lines) {
    for (const line of lines) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name) this.cookies.set(name, value);
    }
  }
}

function attribute(text, name) {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1].replaceAll("&amp;", "&");
}

function hidden(form) {
  const inputs = [...form.matchAll(/<input\b[^>]*>/g)].map(([input]) => input).filter((it) => /type="hidden"/.test(it));
  return Object.fromEntries(inputs.map((it) => [attribute(it, "name"), attribute(it, "value") ?? ""]));
}
