// <pop-up-switch>: shows how it stands with notices on this computer, and switches them on and off here. The browser asks
// for leave only when the button is pressed.
customElements.define("pop-up-switch", class extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.addEventListener("click", ({ target }) => this.pressed(target.closest("[data-switch]")?.dataset.switch), { signal });
    // An update of the page puts back what it says without scripts.
    for (const name of ["turbo:load", "turbo:render"]) document.addEventListener(name, () => this.show(), { signal });
    this.show();
  }

  disconnectedCallback() {
    this.stop.abort();
  }

  get popUps() {
    return document.querySelector("pop-ups");
  }

  async show() {
    await customElements.whenDefined("pop-ups");
    const state = this.state();
    for (const it of this.querySelectorAll("[data-state]")) it.hidden = it.dataset.state !== state;
  }

  state() {
    // A telephone's browser has notifications only for what is installed there.
    if (!window.Notification || !navigator.locks || matchMedia("(pointer: coarse) and (hover: none)").matches) return "unable";
    if (Notification.permission === "denied") return "denied";
    return this.popUps.isOn ? "on" : "off";
  }

  async pressed(act) {
    if (!act) return;
    const leave = act === "on" && (await Notification.requestPermission()) === "granted";
    this.popUps.turn(leave);
    this.show();
  }
});
