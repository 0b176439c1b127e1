// An element that looks for its parts and its form once it has them. A page that is put into this one by a morph makes
// elements empty, moves them about, and only then fills and places them. `settle` is called after that, and the signal it
// gets ends when the element leaves the page; `leave`, if there is one, is called then.
class SettledElement extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    queueMicrotask(() => signal.aborted || this.settle(signal));
  }

  disconnectedCallback() {
    this.stop.abort();
    this.leave?.();
  }
}
