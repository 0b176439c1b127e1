// <command-palette>: any place, any act of this page, any ticket, client or person. It names nothing itself: the acts are the
// buttons of the page, by their data-act where the visible word is too short; it asks the server (data-from) for the rest.
const LIMIT = 12;
const MOST_ACTS_UNASKED = 5;
const PAUSE_MS = 80;
const PLACES_WITHIN_MS = 2000;

// What this reader may see, asked once; another one who signs in here is answered anew.
const known = { reader: null, places: null };

customElements.define("command-palette", class extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.input = this.querySelector("input");
    this.list = this.querySelector("ul");
    this.dialog.addEventListener("key-show", () => this.open());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
  }

  open() {
    this.acts = acts();
    this.places = known.reader === this.dataset.reader ? known.places : null;
    this.arriving = this.places ? Promise.resolve() : this.askPlaces();
    this.goals = [];
    this.input.value = "";
    this.dialog.showModal();
    this.show();
  }

  // Until they come, and without an answer, the links of the page are the places.
  async askPlaces() {
    const signal = AbortSignal.timeout(PLACES_WITHIN_MS);
    const answer = await fetch(`${this.dataset.from}?places=yes`, { signal }).catch(() => null);
    const text = answer?.ok && (await answer.text().catch(() => ""));
    if (!text) return;
    Object.assign(known, { reader: this.dataset.reader, places: lines(text).map((it) => ({ ...it, kind: "place" })) });
    this.places = known.places;
    if (this.dialog.open) this.show(this.at);
  }

  typed() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.goals = [];
    this.show();
    if (this.input.value.trim().length > 1) this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  // A later question calls an earlier one off. Without an answer there is still the search.
  async ask() {
    const { signal } = (this.asked = new AbortController());
    const answer = await fetch(`${this.dataset.from}?${new URLSearchParams({ q: this.input.value })}`, { signal }).catch(() => null);
    if (!answer?.ok) return;
    this.goals = lines(await answer.text().catch(() => ""));
    if (!signal.aborted) this.show(this.at);
  }

  show(at = 0) {
    const words = this.input.value.trim().toLowerCase();
    const found = (words ? this.best(words) : this.first()).slice(0, LIMIT);
    // What the server found comes below what stood here already, so that nothing moves under the finger.
    this.found = [...tickets(words), ...found, ...this.goals, ...searches(words)];
    this.list.replaceChildren(...this.found.map((command, at) => this.line(command, at)));
    this.choose(at);
  }

  // A key does one thing on a page, an act of the page before a place, and the first of several.
  commands() {
    const taken = new Set();
    const once = (it) => (taken.has(it.keys) ? { ...it, keys: undefined } : (taken.add(it.keys), it));
    return [...this.acts, ...(this.places ?? linked()), ...views()].map(once);
  }

  /** Before a word is typed: some of what this page can do, then where most people go. */
  first() {
    const all = this.commands();
    const some = all.filter((it) => it.keys && it.first).slice(0, MOST_ACTS_UNASKED);
    return [...some, ...all.filter((it) => it.kind !== "act")];
  }

  best(words) {
    const ranked = this.commands().map((it) => ({ it, rank: rank(it, words) })).filter(({ rank }) => rank < NOT_MEANT);
    return ranked.sort((a, b) => a.rank - b.rank).map(({ it }) => it);
  }

  line(command, at) {
    const item = document.createElement("li");
    item.id = `palette-${at}`;
    item.setAttribute("role", "option");
    const words = document.createElement("span");
    words.textContent = command.words;
    item.append(words, ...(command.keys ? [badges(command.keys)] : [kind(command.kind)]));
    item.addEventListener("click", () => this.run(command));
    return item;
  }

  choose(at) {
    this.at = Math.max(0, Math.min(at, this.found.length - 1));
    [...this.list.children].forEach((item, i) => item.setAttribute("aria-selected", i === this.at));
    const chosen = this.list.children[this.at];
    if (chosen) this.input.setAttribute("aria-activedescendant", chosen.id);
    else this.input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) this.choose(this.at + steps[event.key]);
    else if (event.key === "Enter") this.arriving.then(() => this.found[this.at] && this.run(this.found[this.at]));
    else return;
    event.preventDefault();
  }

  run(command) {
    this.dialog.close();
    command.run();
  }
});

const visit = (path) => (window.Turbo ? window.Turbo.visit(path) : location.assign(path));

const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });
const kind = (words) => element("small", words);

/** `g n` is two keys, one after the other. */
function badges(keys) {
  const all = element("span", "");
  all.className = "palette-keys";
  all.append(...keys.split(" ").map((key) => element("kbd", key)));
  return all;
}

const visible = (it) => it.checkVisibility?.({ visibilityProperty: true }) ?? it.offsetParent !== null;

/** Its words as they are read, without pictures and keys. */
function named(element) {
  const shown = visible(element);
  const part = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (!(node instanceof HTMLElement) || node.matches("kbd, .avatar, [aria-hidden=true]")) return "";
    return shown && !visible(node) ? "" : node.innerText;
  };
  const read = element.dataset.act ?? element.getAttribute("aria-label") ?? [...element.childNodes].map(part).join(" ");
  return read.replace(/\s+/g, " ").trim();
}

const NOT_MEANT = 4;

/** How well it is meant by what was typed, best first: "re rep" means "Resolve without a reply", "holiday" the handover. */
function rank({ words, also = "" }, typed) {
  const name = words.toLowerCase();
  const parts = typed.split(/\s+/);
  const begins = (text) => parts.every((part) => ` ${text}`.includes(` ${part}`));
  if (name.startsWith(typed)) return 0;
  if (begins(name)) return 1;
  if (parts.every((part) => name.includes(part))) return 2;
  return begins(`${name} ${also.toLowerCase()}`) ? 3 : NOT_MEANT;
}

/** The key of a link or button, if it has one: the help names them all. */
function keysOf(element) {
  const name = element.dataset.key ?? element.getAttribute("popovertarget");
  return name ? document.querySelector(`#keys-help [data-to="${CSS.escape(name)}"]`)?.dataset.keys : undefined;
}

/** The server's lines. */
function lines(text) {
  const found = new DOMParser().parseFromString(`<ul>${text}</ul>`, "text/html").querySelectorAll("li");
  return [...found].map((item) => ({
    kind: item.querySelector("small").textContent,
    words: item.querySelector("span").textContent,
    also: item.dataset.also,
    keys: item.dataset.keys,
    run: () => visit(item.dataset.href),
  }));
}

const link = (kind) => (it) => ({ kind, words: it.querySelector("span")?.textContent ?? named(it), keys: keysOf(it), run: () => it.click() });

const linked = () => [...document.querySelectorAll(":is(.side-work, .side-rest, .settings-nav) a, .bell, .top-new, .top-call")].map(link("place")).filter(firstOfItsName());

const views = () => [...document.querySelectorAll(".side > .side-views a")].map(link("view"));

function acts() {
  const pressable = "main :is(button, summary, .btn, .acts a, [data-act]), .menu :is(button.menu-item, [data-act]), .toast-undo";
  return [...document.querySelectorAll(pressable)].filter(isAct).map((it) => ({
    kind: "act",
    words: named(it),
    keys: keysOf(it),
    first: Boolean(it.closest("main") && !it.closest(".msg")),
    run: () => press(it),
  })).filter(firstOfItsName());
}

/** What has a name of its own, and what can be seen: not what is folded away, nor what belongs to one message of many. */
function isAct(it) {
  if (it.closest(".selection, .filter") || it.disabled) return false;
  if (it.dataset.act) return true;
  return (visible(it) || it.closest(".menu")) && !it.closest(".msg, .owed, .folded") && named(it) !== "";
}

/** An act whose name ends in … wants words first: it leads to the field they go in. */
function press(element) {
  const fold = element.closest("summary")?.parentElement;
  for (let it = element.closest("details"); it; it = it.parentElement.closest("details")) it.open = true;
  element.scrollIntoView({ block: "nearest" });
  const asks = fold || named(element).endsWith("…");
  if (!asks) element.click();
  if (element.type === "radio") element.form.querySelector("textarea")?.focus();
  if (asks) (fold ?? element.form)?.querySelector("[data-first], select, input:not([type=hidden])")?.focus();
}

function firstOfItsName() {
  const seen = new Set();
  return ({ words }) => !seen.has(words) && seen.add(words);
}

function tickets(words) {
  const number = /^#?(\d{1,15})$/.exec(words)?.[1];
  return number ? [{ kind: "ticket", words: `Ticket #${number}`, run: () => visit(`/tickets/${number}`) }] : [];
}

function searches(words) {
  if (words.length < 2) return [];
  return [{ kind: "search", words: `Search for “${words}”`, run: () => visit(`/search?q=${encodeURIComponent(words)}`) }];
}
