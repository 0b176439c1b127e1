// <list-place>: where a ticket stands in the list it was opened from, as that list was then. What is done to a ticket
// moves it in its list, but not whoever goes through it: the next one is the one that stood below. Kept for this tab
// alone; without scripts the server says where it stands now (?list=).
const KEPT = "kept-list";
const MOST = 500;

// The list is remembered when a ticket is opened from it, by hand or by key.
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("main a.row-link[href^='/tickets/']");
  if (!link) return;
  const rows = [...document.querySelectorAll("main a.row-link[href^='/tickets/']")].map((row) => row.getAttribute("href"));
  const more = document.querySelector('main a[rel="next"]') !== null;
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ rows: [...new Set(rows)].slice(0, MOST), more }));
  } catch {
    // No room, or none allowed: the server's word is enough.
  }
}, { capture: true });

function remembered() {
  try {
    const { rows, more } = JSON.parse(sessionStorage.getItem(KEPT));
    return { rows: rows.filter((it) => /^\/tickets\/\d+(\?[\w=&-]*)?$/.test(it)), more };
  } catch {
    return { rows: [], more: false };
  }
}

customElements.define("list-place", class extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    for (const name of ["turbo:render", "turbo:load"]) document.addEventListener(name, () => this.fill(), { signal });
    this.fill();
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  fill() {
    const { rows, more } = remembered();
    const at = rows.findIndex((it) => it.split("?")[0] === location.pathname);
    const template = this.querySelector("template");
    if (at < 0 || !template) return;
    const place = document.importNode(template.content, true);
    place.querySelector("span").textContent = `${at + 1} of ${rows.length}${more ? "+" : ""}`;
    for (const [name, to] of [["previous", at - 1], ["next", at + 1]]) {
      const link = place.querySelector(`[data-key="${name}"]`);
      if (rows[to]) link.setAttribute("href", rows[to]);
      else link.remove();
    }
    this.querySelector("nav")?.remove();
    this.append(place);
  }
});
