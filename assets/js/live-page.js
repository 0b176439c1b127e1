// <live-page data-topic="ticket:1042">: when the server says that this page changed, the browser asks for it again and
// morphs. It knows nothing of what changed. Without Turbo it only offers to reload.
customElements.define("live-page", class extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.querySelector("button").addEventListener("click", () => location.reload(), { signal });
    document.addEventListener("visibilitychange", () => this.seen(), { signal });
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
    this.changed();
  }

  listen() {
    this.source ??= new EventSource(`/live?topic=${encodeURIComponent(this.dataset.topic)}`);
    this.source.onmessage = () => this.changed();
  }

  close() {
    this.source?.close();
    this.source = null;
  }

  changed() {
    if (window.Turbo) window.Turbo.visit(location.href, { action: "replace" });
    else this.querySelector("button").hidden = false;
  }
});
