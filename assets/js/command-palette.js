// <command-palette>: any place, any act of this page, any ticket number. It names nothing itself: it reads the links
// and buttons that are on the page.
const LIMIT = 12;

customElements.define("command-palette", class extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.input = this.querySelector("input");
    this.list = this.querySelector("ul");
    this.dialog.addEventListener("key-show", () => this.open());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.input.addEventListener("input", () => this.show());
    this.input.addEventListener("keydown", (event) => this.key(event));
  }

  open() {
    this.commands = [...places(), ...acts()];
    this.input.value = "";
    this.dialog.showModal();
    this.show();
  }

  show() {
    const words = this.input.value.trim().toLowerCase();
    const found = this.commands.filter((it) => it.words.toLowerCase().includes(words));
    this.found = [...tickets(words), ...found.slice(0, LIMIT), ...searches(words)];
    this.list.replaceChildren(...this.found.map((command, at) => this.line(command, at)));
    this.choose(0);
  }

  line(command, at) {
    const item = document.createElement("li");
    item.id = `palette-${at}`;
    item.setAttribute("role", "option");
    const kind = document.createElement("small");
    kind.textContent = command.kind;
    item.append(command.words, kind);
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

function places() {
  return [...document.querySelectorAll(".side li a, .menu-places a, .settings-nav a, .bell")].map((link) => ({
    kind: "place",
    words: link.querySelector("span")?.textContent ?? named(link),
    run: () => link.click(),
  })).filter(firstOfItsName());
}

function acts() {
  const pressable = "main :is(button, summary, .btn, .acts a), .top-new, .menu-item, .toast-undo";
  return [...document.querySelectorAll(pressable)].filter((it) => named(it) && !it.closest(".selection, .filter")).map((it) => ({
    kind: "act",
    words: named(it),
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
