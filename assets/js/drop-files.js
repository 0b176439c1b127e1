// <drop-files data-room="14000000">: files can also be dropped on or pasted into the form around it; each is listed and
// can be left out again. It says before sending what the server would refuse: more bytes than fit into a mail. What went
// with a form that came back unsent is attached again.
const megabytes = (bytes) => (bytes / 1_000_000).toFixed(1);

let sent = [];

customElements.define("drop-files", class extends SettledElement {
  settle(signal) {
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector("ul");
    this.form = this.closest("form");
    if (!this.input || !this.list || !this.form) return;
    this.warning = this.querySelector(".too-large") ?? document.createElement("p");
    const on = (target, name, act) => target.addEventListener(name, act, { signal });
    on(this.input, "change", () => this.show());
    on(this.form, "reset", () => this.clear());
    // Before the form is emptied for the next letter.
    this.form.addEventListener("turbo:submit-start", () => (sent = [...this.input.files]), { signal, capture: true });
    on(this.form, "input", () => this.weigh());
    on(this.form, "paste", (event) => this.take(event, event.clipboardData));
    on(this.form, "drop", (event) => this.take(event, event.dataTransfer));
    on(this.form, "dragover", (event) => this.hover(event));
    for (const name of ["dragleave", "drop"]) on(this.form, name, () => this.form.classList.remove("is-dropping"));
  }

  attachAgain() {
    const asked = this.querySelector(".attach-again");
    if (!asked || !sent.length) return;
    this.set(sent);
    asked.remove();
  }

  hover(event) {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    this.form.classList.add("is-dropping");
  }

  take(event, transfer) {
    if (!transfer?.files.length) return;
    event.preventDefault();
    this.set([...this.input.files, ...transfer.files]);
  }

  set(files) {
    const kept = new DataTransfer();
    for (const file of files) kept.items.add(file);
    this.input.files = kept.files;
    this.show();
  }

  show() {
    this.list.replaceChildren(...[...this.input.files].map((file) => this.line(file)));
    this.weigh();
  }

  clear() {
    this.list.replaceChildren();
    this.warning.hidden = true;
  }

  // A note stays here and may carry more than a mail.
  weigh() {
    const bytes = [...this.input.files].reduce((sum, file) => sum + file.size, 0);
    const room = Number(this.dataset.room);
    const tooLarge = Boolean(room) && bytes > room && this.form.elements.kind?.value !== "note";
    this.warning.hidden = !tooLarge;
    if (tooLarge) this.warning.textContent = `${megabytes(bytes)} MB of files are too large to mail; ${megabytes(room)} MB fit. Leave some out.`;
  }

  line(file) {
    const item = document.createElement("li");
    item.className = "file";
    const name = document.createElement("span");
    name.className = "file-name";
    name.textContent = file.name;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.textContent = "×";
    remove.setAttribute("aria-label", `Leave out ${file.name}`);
    remove.addEventListener("click", () => this.set([...this.input.files].filter((it) => it !== file)));
    item.append(name, remove);
    return item;
  }
});

document.addEventListener("turbo:render", () => {
  for (const place of document.querySelectorAll("drop-files")) place.attachAgain();
  sent = [];
});
