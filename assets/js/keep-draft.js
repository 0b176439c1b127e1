// <keep-draft data-draft="ticket-1042">: what is being written survives a closed tab. It stays in this browser and goes
// when it is sent, after a month, or on signing out.
const PREFIX = "kept-draft:";
const MONTH = 30 * 24 * 60 * 60 * 1000;

customElements.define("keep-draft", class extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    this.key = PREFIX + this.dataset.draft;
    this.form = this.closest("form");
    this.seen = this.form.elements.seen;
    this.restore();
    this.area.addEventListener("input", () => this.keep());
    this.form.addEventListener("turbo:submit-start", () => this.handOver());
    this.form.addEventListener("turbo:submit-end", ({ detail }) => (detail.success ? this.sent() : this.takeBack()));
    if (!window.Turbo) this.form.addEventListener("submit", () => localStorage.removeItem(this.key));
  }

  restore() {
    const kept = read(this.key);
    if (!kept || this.area.value) return;
    this.area.value = kept.text;
    this.begun = true;
    if (this.seen && kept.seen) this.seen.value = kept.seen;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  keep() {
    if (!this.area.value.trim()) return this.drop();
    this.begin();
    try {
      localStorage.setItem(this.key, JSON.stringify({ text: this.area.value, seen: this.seen?.value, at: Date.now() }));
    } catch {
      // The browser's store is full or closed: the text is still in the field.
    }
  }

  // What stands above when the first letter is typed was read; what comes later the server asks about before it sends.
  begin() {
    if (this.seen && !this.begun) this.seen.value = newest();
    this.begun = true;
  }

  drop() {
    this.begun = false;
    localStorage.removeItem(this.key);
  }

  // What is on its way leaves the form at once: keys pressed from here on are keys again, and words typed from here on
  // are the beginning of another letter, however late the answer comes.
  handOver() {
    this.handed = [...this.form.elements].map(remember);
    this.form.reset();
    this.area.blur();
  }

  sent() {
    this.handed = null;
    this.begun = false;
    this.keep();
    document.addEventListener("turbo:render", showLatest, { once: true });
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
