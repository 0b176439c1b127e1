// <live-page data-topic="ticket:1042" data-bell="notifications:3">: when the server says that this page changed, the
// browser asks for it again and morphs; when only the bell rings, or nothing else here can change, it asks for the bell.
// It knows nothing of what changed, and never gets in the way of a form being sent or a link being followed. Without
// Turbo it only offers to reload.
customElements.define("live-page", class extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    const hear = (name, act) => document.addEventListener(name, act, { signal });
    this.querySelector("button").addEventListener("click", () => location.reload(), { signal });
    hear("visibilitychange", () => this.seen());
    hear("turbo:submit-start", () => (this.busy = true));
    hear("turbo:submit-end", ({ detail }) => detail.success || this.free());
    hear("turbo:visit", () => (this.busy = true));
    hear("turbo:load", () => this.free());
    window.addEventListener("turbo:before-fetch-request", (event) => this.asks(event), { signal, capture: true });
    if (!document.hidden) this.listen();
  }

  disconnectedCallback() {
    this.stop.abort();
    this.close();
  }

  // A browser allows few connections to one host, so a hidden tab gives its own back.
  seen() {
    if (document.hidden) return this.close();
    this.listen();
    if (this.topics.length) this.changed();
    else this.ring();
  }

  get topics() {
    return this.dataset.topic.split(",").filter(Boolean);
  }

  listen() {
    const { bell, since } = this.dataset;
    const wanted = [...new Set([...this.topics, bell])].join(",");
    this.source ??= new EventSource(`/live?topic=${encodeURIComponent(wanted)}&since=${encodeURIComponent(since)}`);
    this.source.onmessage = ({ data }) => this.heard(data.split(","));
  }

  // Who else is here is no change of the page: whoever shows it asks.
  heard(words) {
    const presence = (word) => word.startsWith("presence:");
    for (const detail of words.filter(presence)) document.dispatchEvent(new CustomEvent("kept:heard", { detail }));
    const rest = words.filter((word) => !presence(word));
    const mine = this.topics;
    if (!rest.length) return;
    if (mine.length && rest.some((word) => word !== this.dataset.bell || mine.includes(word))) this.changed();
    else this.ring();
  }

  // Only what is in the bell changes, so that somebody who is on it stays there.
  async ring() {
    const answer = await fetch("/notifications/bell").then((it) => (it.ok && !it.redirected ? it.text() : "")).catch(() => "");
    const anew = new DOMParser().parseFromString(answer, "text/html").querySelector(".bell");
    const bell = document.querySelector(".bell");
    if (!anew || !bell) return;
    bell.replaceChildren(...anew.childNodes);
    bell.setAttribute("aria-label", anew.getAttribute("aria-label"));
  }

  close() {
    this.source?.close();
    this.source = null;
  }

  // What comes while a form is on its way or a page is being loaded is looked at afterwards: another visit would cut
  // those off.
  changed() {
    if (this.busy) return void (this.missed = true);
    if (!window.Turbo) return void (this.querySelector("button").hidden = false);
    this.asking = true;
    window.Turbo.visit(location.href, { action: "replace" });
  }

  // Turbo would answer with a page it fetched while the pointer rested on a link, from before the change.
  asks(event) {
    if (this.asking) event.stopPropagation();
    this.asking = false;
  }

  // Turbo forgets a visit that begins inside turbo:load and could never call it off again: it would put this page back
  // over the one a reader has gone to meanwhile. So it begins just after.
  free() {
    this.busy = false;
    if (!this.missed) return;
    this.missed = false;
    queueMicrotask(() => this.isConnected && this.changed());
  }
});
