// <keep-draft data-draft="ticket-1042" data-to="/tickets/1042/draft">: what is being written survives a closed tab and a
// crash. The server keeps it for the writer's other devices; what it did not get yet stays in this browser, and goes when
// it is sent, after a month, or on signing out. Which version stands when two differ is decided here for what the server
// never saw, and there for all else.
const PREFIX = "kept-draft:";
const MONTH = 30 * 24 * 60 * 60 * 1000;
const PAUSE_MS = 1000;
const AGAIN_MS = 10_000;

customElements.define("keep-draft", class extends SettledElement {
  settle(signal) {
    this.area = this.querySelector("textarea");
    this.key = PREFIX + this.dataset.draft;
    this.form = this.closest("form");
    if (!this.area || !this.form) return;
    this.seen = this.form.elements.seen;
    this.begun = Boolean(this.base);
    this.restore();
    this.form.addEventListener("input", ({ target }) => target.type !== "file" && this.keep(), { signal });
    this.form.addEventListener("turbo:submit-start", () => this.handOver(), { signal });
    this.form.addEventListener("turbo:submit-end", ({ detail }) => (detail.success ? this.sent() : this.takeBack()), { signal });
    window.addEventListener("pagehide", () => this.leave(), { signal });
    if (!window.Turbo) this.form.addEventListener("submit", () => localStorage.removeItem(this.key), { signal });
  }

  get line() {
    return this.form.querySelector(".draft-line");
  }

  // The version the server gave last, by its time; nothing when it has none.
  get base() {
    return this.line?.querySelector('[name="base"]')?.value ?? "";
  }

  // The server put its own version into the field. What only this browser has goes on from that, or is newer, or is put
  // beside it.
  restore() {
    const kept = read(this.key);
    const words = this.area.value;
    if (!kept || (words && !this.base)) return;
    if (kept.text === words) return this.mark(kept);
    if (kept.saved) return localStorage.removeItem(this.key);
    if ((kept.base ?? "") === this.base || kept.at > Number(this.base)) return this.putBack(kept);
    this.save({ older: "yes", text: kept.text, base: kept.base ?? "" });
  }

  putBack(kept) {
    this.area.value = kept.text;
    this.begun = true;
    if (this.seen && kept.seen) this.seen.value = kept.seen;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.soon();
  }

  keep() {
    if (!this.area.value.trim()) return this.drop();
    this.begin();
    this.store({ saved: false });
    this.soon();
  }

  store(more) {
    try {
      const kept = { text: this.area.value, seen: this.seen?.value, base: this.base, at: Date.now(), ...more };
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // The browser's store is full or closed: the text is still in the field, and on the server.
    }
  }

  // The server has these words.
  mark(kept) {
    if (kept.text.trim()) this.store({ text: kept.text, saved: true });
    else localStorage.removeItem(this.key);
  }

  soon(pause = PAUSE_MS) {
    this.waiting = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  body(more) {
    const form = new FormData(this.form);
    const pairs = [...form].filter(([name, value]) => typeof value === "string" && !(name in more));
    return new URLSearchParams([...pairs, ...Object.entries({ quiet: "yes", ...more })]);
  }

  // One at a time, each going on from the one before.
  async save(more = {}) {
    if (!this.dataset.to || !this.line) return;
    if (this.saving || this.handed) return this.soon();
    this.waiting = false;
    clearTimeout(this.timer);
    const text = more.text ?? this.area.value;
    this.saving = this.ask(this.body(more));
    const line = await this.saving;
    this.saving = null;
    if (!line || !this.isConnected || this.handed) return line || this.failed();
    this.show(line);
    if (!more.older && text === this.area.value) this.mark({ text });
    else if (more.older) localStorage.removeItem(this.key);
    return line;
  }

  // The server's line about the draft; nothing when it did not answer with one. What it refused it would refuse again.
  async ask(body) {
    this.away = true;
    try {
      const answer = await fetch(this.dataset.to, { method: "POST", body });
      this.away = answer.status >= 500;
      if (!answer.ok) return null;
      return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector('[data-part="draft"]');
    } catch {
      return null;
    }
  }

  show(line) {
    const { activeElement } = document;
    if (this.line.querySelector("details[open]") || (this.line.contains(activeElement) && activeElement !== document.body)) {
      this.line.querySelector('[name="base"]').value = line.querySelector('[name="base"]').value;
    } else {
      this.line.replaceWith(document.adoptNode(line));
    }
  }

  // Until the server is there again the words are in this browser.
  failed() {
    if (this.away && !this.handed) this.soon(AGAIN_MS);
  }

  leave() {
    clearTimeout(this.timer);
    if (!this.waiting || this.handed) return;
    this.waiting = false;
    navigator.sendBeacon(this.dataset.to, this.body({}));
  }

  // What stands above when the first letter is typed was read; what comes later the server asks about before it sends.
  begin() {
    if (this.seen && !this.begun) this.seen.value = newest();
    this.begun = true;
  }

  // Words that were all taken out are a draft no longer, here and there.
  drop() {
    this.begun = false;
    clearTimeout(this.timer);
    localStorage.removeItem(this.key);
    this.waiting = false;
    if (this.base || this.saving) this.soon();
  }

  // What is on its way leaves the form at once: keys pressed from here on are keys again, and words typed from here on
  // are the beginning of another letter, however late the answer comes.
  handOver() {
    clearTimeout(this.timer);
    this.waiting = false;
    this.lingers = this.saving;
    this.handed = [...this.form.elements].map(remember);
    this.area.defaultValue = "";
    this.form.reset();
    const base = this.line?.querySelector('[name="base"]');
    if (base) base.value = "";
    this.area.blur();
  }

  // A version that was still on its way when the letter went would come back as a draft of it.
  async sent() {
    this.handed = null;
    this.begun = false;
    this.keep();
    document.addEventListener("turbo:render", showLatest, { once: true });
    const late = await this.lingers;
    const base = late?.querySelector('[name="base"]').value;
    if (base) this.ask(this.body({ text: "", base }));
  }

  takeBack() {
    const begun = this.area.value.trim();
    for (const giveBack of this.handed ?? []) giveBack();
    this.handed = null;
    if (begun) this.area.value += `\n\n${begun}`;
  }
});

const newest = () => Math.max(0, ...[...document.querySelectorAll('#thread > [id^="message-"]')].map((it) => Number(it.id.slice(8))));

// What was just said is what its author looks for next.
function showLatest() {
  const latest = [...document.querySelectorAll("#thread > .msg")].at(-1);
  latest?.scrollIntoView({ block: "center" });
}

function remember(control) {
  const { value, checked, files } = control;
  if (control.type === "file") return () => (control.files = files) && control.dispatchEvent(new Event("change"));
  if (control.type === "checkbox" || control.type === "radio") return () => (control.checked = checked);
  return () => control.value === value || (control.value = value);
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function forget(when) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && when(read(key))) localStorage.removeItem(key);
  }
}

forget((draft) => !draft || Date.now() - draft.at > MONTH);
document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action") === "/session/end") forget(() => true);
});
