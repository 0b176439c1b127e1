// <live-format>: shows the Markdown of the <textarea> in it as it is written: bold is bold, a link has its colour. The
// text is drawn a second time on a layer below the field, whose own letters are clear; both have the same letters in the
// same places, so that weight is made of shadow and nothing is wider or taller than it was. Readers and keys meet the
// field alone. Without scripts, and where colours are forced, the field is as plain as ever.
const LONGEST = 30_000;
const INLINE = /(?<code>`[^`\n]+`)|(?<strong>\*\*(?=\S)[^\n]*?\S\*\*|__(?=\S)[^\n]*?\S__)|(?<strike>~~(?=\S)[^\n]*?\S~~)|(?<em>(?<![\w*])\*(?=[^\s*])[^*\n]*?[^\s*]\*(?!\w)|(?<!\w)_(?=[^\s_])[^_\n]*?[^\s_]_(?!\w))|(?<link>\[[^\]\n]+\]\([^)\s]+\)|https?:\/\/[^\s<>]+)/g;
const MARKS = { strong: 2, strike: 2, em: 1, code: 1 };

customElements.define("live-format", class extends SettledElement {
  settle(signal) {
    this.area = this.querySelector("textarea");
    this.layer = this.querySelector(".written");
    this.area.addEventListener("input", () => this.draw(), { signal });
    this.area.addEventListener("scroll", () => this.scroll(), { signal, passive: true });
    this.area.form?.addEventListener("reset", () => queueMicrotask(() => this.draw()), { signal });
    // A page that is put into this one changes the field without a word.
    document.addEventListener("turbo:render", () => this.draw(), { signal });
    document.addEventListener("turbo:submit-end", () => this.draw(), { signal });
    this.draw();
  }

  draw() {
    const text = this.area.value;
    if (text === this.drawn) return;
    this.drawn = text;
    const plain = text.length > LONGEST;
    this.classList.toggle("is-plain", plain);
    this.layer.replaceChildren(...(plain || !text ? [] : lines(text)));
    // Asking where an empty field is scrolled to would make the browser lay the page out for nothing.
    if (text) this.scroll();
  }

  scroll() {
    this.layer.scrollTop = this.area.scrollTop;
  }
});

function lines(text) {
  let fenced = false;
  return text.split("\n").map((line) => {
    const fence = /^\s*(```|~~~)/.test(line);
    const inside = fenced;
    if (fence) fenced = !fenced;
    const drawn = fence || inside ? span("as-code", `${line}\n`) : written(line);
    return drawn;
  });
}

// One line, with what it begins with.
function written(line) {
  const [, mark, kind, rest] = /^(\s*(?:(>)|#{1,6}\s|(?:[-*+]|\d{1,9}[.)])\s(?:\[[ xX]\]\s)?)|)([^]*)$/.exec(line);
  const name = kind ? "as-quote" : mark?.includes("#") ? "as-strong" : "";
  const words = span(name);
  if (mark) words.append(span("as-mark", mark));
  words.append(...inline(rest), "\n");
  return words;
}

function inline(text) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    const [name] = Object.entries(found.groups).find(([, value]) => value);
    parts.push(text.slice(at, found.index), token(name, found[0]));
    at = found.index + found[0].length;
  }
  return [...parts, text.slice(at)];
}

function token(name, text) {
  const drawn = span(`as-${name}`);
  const width = MARKS[name];
  if (width) {
    drawn.append(span("as-mark", text.slice(0, width)), text.slice(width, -width), span("as-mark", text.slice(-width)));
    return drawn;
  }
  const end = text.indexOf("](");
  drawn.append(...(end < 0 ? [text] : [span("as-mark", "["), text.slice(1, end), span("as-mark", text.slice(end))]));
  return drawn;
}

function span(name, text = "") {
  const it = document.createElement("span");
  if (name) it.className = name;
  if (text) it.textContent = text;
  return it;
}
