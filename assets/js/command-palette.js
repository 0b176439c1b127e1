// <command-palette>: any place, any act of this page, any ticket, client or person. It names nothing itself: it reads the
// links and buttons that are on the page, and asks the server for the rest (data-from).
const LIMIT = 12;
const PAUSE_MS = 80;

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
    this.commands = [...places(), ...acts()];
    this.goals = [];
    this.input.value = "";
    this.dialog.showModal();
    this.show();
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
    this.goals = goals(await answer.text().catch(() => ""));
    if (!signal.aborted) this.show(this.at);
  }

  show(at = 0) {
    const words = this.input.value.trim().toLowerCase();
    const found = this.commands.filter((it) => matches(it.words.toLowerCase(), words)).slice(0, LIMIT);
    // What the server found comes below what stood here already, so that nothing moves under the finger.
    this.found = [...tickets(words), ...found, ...this.goals, ...searches(words)];
    this.list.replaceChildren(...this.found.map((command, at) => this.line(command, at)));
    this.choose(at);
  }

  line(command, at) {
    const item = document.createElement("li");
    item.id = `palette-${at}`;
    item.setAttribute("role", "option");
    const words = document.createElement("span");
    words.textContent = command.words;
    const kind = document.createElement(command.keys ? "kbd" : "small");
    kind.textContent = command.keys ?? command.kind;
    item.append(words, kind);
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
    else if (event.key === "Enter" && this.found[this.at]) this.run(this.found[this.at]);
    else return;
    event.preventDefault();
  }

  run(command) {
    this.dialog.close();
    command.run();
  }
});

const visit = (path) => (window.Turbo ? window.Turbo.visit(path) : location.assign(path));

const named = (element) => (element.getAttribute("aria-label") || element.innerText || element.textContent).replace(/\s+/g, " ").trim();

/** Every word that was typed stands in it: "re rep" finds "Resolve without a reply". */
const matches = (text, typed) => typed.split(/\s+/).every((word) => text.includes(word));

/** The key of a link or button, if it has one: the help names them all. */
function keysOf(element) {
  const name = element.dataset.key;
  return name ? document.querySelector(`#keys-help [data-to="${CSS.escape(name)}"]`)?.dataset.keys : undefined;
}

function goals(text) {
  const found = new DOMParser().parseFromString(`<ul>${text}</ul>`, "text/html").querySelectorAll("li");
  return [...found].map((item) => ({
    kind: item.querySelector("small").textContent,
    words: item.querySelector("span").textContent,
    run: () => visit(item.dataset.href),
  }));
}

function places() {
  return [...document.querySelectorAll(".side li a, .menu-places a, .settings-nav a, .bell")].map((link) => ({
    kind: "place",
    words: link.querySelector("span")?.textContent ?? named(link),
    keys: keysOf(link),
    run: () => link.click(),
  })).filter(firstOfItsName());
}

function acts() {
  const pressable = "main :is(button, summary, .btn, .acts a), .top-new, .menu-item, .toast-undo";
  return [...document.querySelectorAll(pressable)].filter((it) => named(it) && !it.closest(".selection, .filter")).map((it) => ({
    kind: "act",
    words: named(it),
    keys: keysOf(it),
    run: () => press(it),
  })).filter(firstOfItsName());
}

function press(element) {
  element.scrollIntoView({ block: "nearest" });
  element.click();
  element.closest("details[open]")?.querySelector("input:not([type=hidden]), select")?.focus();
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
