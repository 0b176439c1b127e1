// <key-map>: makes the keys of the help work. The bindings stand in the help itself (data-keys, data-act, data-to), so
// what is shown is what is bound.
const WITHIN_MS = 1200;
const MOST_WAITING = 200;
const typing = (element) => element.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const visible = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? element.offsetParent !== null;

// A key that formats what is being written does so there, and something else elsewhere.
const formatsFirst = (a, b) => (b.act === "format") - (a.act === "format");

customElements.define("key-map", class extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const all = [...this.querySelectorAll("[data-keys]")].map((it) => it.dataset);
    this.bindings = new Map(all.map((it) => [it.keys, all.filter((other) => other.keys === it.keys).sort(formatsFirst)]));
    const { signal } = this.stop;
    document.addEventListener("keydown", (event) => this.pressed(event), { signal });
    document.addEventListener("turbo:load", () => this.catchUp(), { signal });
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  pressed(event) {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    const held = event.ctrlKey || event.metaKey;
    // In a field with words it takes back the last of those, as everywhere; a choice has none.
    if (held && event.key === "z" && typing(event.target) && !event.target.matches("select") && event.target.value) return;
    if (!held && (typing(event.target) || document.querySelector("dialog[open]"))) return;
    if (event.key === "Enter" && !held && event.target.closest("a, button, summary, input, label")) return;
    if (!held && leaving) return wait(event);
    const bound = held ? this.bindings.get(`Ctrl ${event.key}`) : this.sequence(event.key);
    if (bound?.some((it) => run(it, event.target))) event.preventDefault();
  }

  // What was pressed on the way here acts here; after a key that began a letter the rest are its first words.
  catchUp() {
    const keys = waiting.splice(0);
    leaving = false;
    while (keys.length && !typing(document.activeElement)) {
      this.sequence(keys.shift())?.some((it) => run(it, document.body));
    }
    const words = keys.map((key) => (key === "Enter" ? "\n" : key)).join("");
    if (words) document.execCommand("insertText", false, words);
  }

  // "g n" is two keys one after the other, within about a second.
  sequence(key) {
    const fresh = this.last && performance.now() - this.at < WITHIN_MS;
    const both = fresh && this.bindings.get(`${this.last} ${key}`);
    this.last = both ? null : key;
    this.at = performance.now();
    return both || this.bindings.get(key);
  }
});

// A page that is being left takes no more keys: they wait for the one that comes. An update of the same page leaves
// nothing, and a page that does not come gives the keys back.
let leaving = false;
const waiting = [];
document.addEventListener("turbo:visit", ({ detail }) => (leaving ||= detail.action !== "replace"));
for (const name of ["turbo:fetch-request-error", "turbo:reload"]) document.addEventListener(name, stay);
// A form that is on its way leads to a page as well, unless it needs another look.
document.addEventListener("turbo:submit-start", () => (leaving = true));
document.addEventListener("turbo:submit-end", ({ detail }) => detail.success || stay());

function stay() {
  leaving = false;
  waiting.length = 0;
}

function wait(event) {
  if (event.key.length > 1 && event.key !== "Enter") return;
  if (waiting.length < MOST_WAITING) waiting.push(event.key);
  event.preventDefault();
}

const IN_A_ROW = { open: ".row-link", select: ".row-pick input", "mark-read": ".row-read" };

function run({ act, to }, target) {
  if (act === "press") return press(to, target);
  if (act === "move") return move(Number(to));
  if (act === "show") return show(document.getElementById(to));
  if (act === "format") return format(to, target);
  const row = document.querySelector('.row[aria-current="true"]');
  const aim = row?.querySelector(IN_A_ROW[act]);
  aim?.click();
  return Boolean(aim);
}

function press(name, target) {
  // From anywhere on a ticket it sends what stands in the composer, as after a question that was answered on its page.
  const scope = name === "send" ? target.closest("form") ?? document.querySelector("form.composer") : document;
  const element = [...(scope?.querySelectorAll(`[data-key="${name}"]`) ?? [])].find((it) => it.type === "radio" || visible(it)) ?? (name === "send" && firstButton(scope));
  if (!element) return false;
  if (typing(element)) {
    element.focus();
    element.select?.();
    return true;
  }
  element.click();
  if (element.type === "radio") element.form.querySelector("textarea")?.focus();
  if (element.matches("summary")) element.parentElement.querySelector("[data-first], select, input:not([type=hidden])")?.focus();
  return true;
}

// A link needs the words that lead there.
function format(button, target) {
  const toolbar = target.id && document.querySelector(`markdown-toolbar[for="${target.id}"]`);
  const selected = target.selectionStart !== target.selectionEnd;
  if (!toolbar || (button === "md-link" && !selected)) return false;
  toolbar.querySelector(button).click();
  return true;
}

/** A small form needs no key of its own: its first button sends it. */
const firstButton = (form) => form && [...form.querySelectorAll("button:not([type=button])")].find(visible);

function move(by) {
  const rows = [...document.querySelectorAll(".row")].filter(visible);
  if (!rows.length) return false;
  const at = rows.findIndex((row) => row.getAttribute("aria-current") === "true");
  const next = rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + by))];
  rows[at]?.removeAttribute("aria-current");
  next.setAttribute("aria-current", "true");
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function show(element) {
  if (!element) return false;
  if (element.popover) element.togglePopover();
  else element.dispatchEvent(new CustomEvent("key-show"));
  return true;
}
