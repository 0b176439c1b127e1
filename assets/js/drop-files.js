// <drop-files>: files can also be dropped on or pasted into the form around it; each is listed and can be left out again.
customElements.define("drop-files", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector("ul");
    this.form = this.closest("form");
    this.stop = new AbortController();
    const on = (target, name, act) => target.addEventListener(name, act, { signal: this.stop.signal });
    on(this.input, "change", () => this.show());
    on(this.form, "reset", () => this.list.replaceChildren());
    on(this.form, "paste", (event) => this.take(event, event.clipboardData));
    on(this.form, "drop", (event) => this.take(event, event.dataTransfer));
    on(this.form, "dragover", (event) => this.hover(event));
    for (const name of ["dragleave", "drop"]) on(this.form, name, () => this.form.classList.remove("is-dropping"));
  }

  disconnectedCallback() {
    this.stop.abort();
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
