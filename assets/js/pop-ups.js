// <pop-ups data-topic="notifications:3">: shows notices on this computer, for who switched that on here. Of all open tabs
// one listens, whether it is looked at or not, and all share what was shown last. What is shown is the server's choice.
const ON = "kept.pop-ups";
const LAST = "kept.pop-ups.last";

customElements.define("pop-ups", class extends HTMLElement {
  connectedCallback() {
    this.begin();
  }

  disconnectedCallback() {
    this.end();
  }

  /** Whether it is switched on here, for this reader and by the browser. */
  get isOn() {
    return localStorage.getItem(ON) === this.dataset.topic && window.Notification?.permission === "granted";
  }

  turn(on) {
    localStorage.removeItem(LAST);
    if (on) localStorage.setItem(ON, this.dataset.topic);
    else localStorage.removeItem(ON);
    this.begin();
  }

  // Locks are there wherever notifications are: on https and on this machine.
  begin() {
    this.end();
    if (!this.isOn || !navigator.locks) return;
    const { signal } = (this.waits = new AbortController());
    const mine = () => new Promise((done) => {
      if (signal.aborted) return done();
      signal.addEventListener("abort", done);
      this.listen();
    });
    navigator.locks.request(ON, { signal }, mine).catch(() => {});
  }

  end() {
    this.waits?.abort();
    this.source?.close();
    this.source = null;
  }

  // What came while nobody listened is asked for as soon as somebody does.
  listen() {
    this.source = new EventSource(`/live?topic=${encodeURIComponent(this.dataset.topic)}`);
    this.source.onopen = this.source.onmessage = () => (this.asking = this.ask(this.asking));
  }

  async ask(before) {
    await before;
    const last = localStorage.getItem(LAST);
    const path = `/notifications/pop-ups${last ? `?after=${last}` : ""}`;
    const news = await fetch(path).then((it) => (it.ok && !it.redirected ? it.json() : null)).catch(() => null);
    if (!news || !this.isOn) return;
    localStorage.setItem(LAST, news.last);
    for (const notice of news.notices) this.show(notice);
  }

  show({ id, title, says }) {
    const shown = new Notification(title, { body: says, tag: `kept-${id}` });
    shown.onclick = () => this.open(id, shown);
  }

  // Opening one marks it as read, so it is posted; in a tab of its own, for something may be being written here.
  open(id, shown) {
    shown.close();
    window.focus();
    const form = Object.assign(document.createElement("form"), { method: "post", action: `/notifications/${id}/opening`, target: "_blank" });
    form.dataset.turbo = "false";
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "csrf", value: this.dataset.csrf }));
    document.body.append(form);
    form.submit();
    form.remove();
  }
});
