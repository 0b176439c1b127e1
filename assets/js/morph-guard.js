// What an update must leave alone: forms someone is using (but the one that was just sent), what they opened (the palette
// with what it found), the rows they ticked or marked, and a toast that can still be undone.
const touched = (control) => {
  if (control.type === "hidden" || control.type === "submit") return false;
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.type === "file") return control.files.length > 0;
  if (control.options) return [...control.options].some((it) => it.selected !== it.defaultSelected);
  return control.value !== control.defaultValue;
};

const inUse = (form) => form.contains(document.activeElement) || [...form.elements].some(touched);

// The same offer again must not start its countdown anew.
const undoes = (toasts) => toasts?.querySelector("undo-toast form")?.getAttribute("action");
const isNoNews = (toasts, anew) => !anew?.querySelector("undo-toast") || (undoes(anew) && undoes(anew) === undoes(toasts));

let sent = null;
document.addEventListener("turbo:submit-start", (event) => (sent = event.target));
document.addEventListener("turbo:load", () => (sent = null));
// Whoever begins anew before the answer has come is using it again.
for (const name of ["input", "focusin"]) document.addEventListener(name, ({ target }) => target.form && target.form === sent && (sent = null));

document.addEventListener("turbo:before-morph-element", (event) => {
  const { target, detail } = event;
  const form = target instanceof HTMLFormElement && target.id !== "selection" && target !== sent && inUse(target);
  const toast = target.matches(".toasts") && target.querySelector("undo-toast:not([hidden])") && isNoNews(target, detail.newElement);
  const shown = target.matches("dialog[open]");
  if (form || toast || shown) event.preventDefault();
});

document.addEventListener("turbo:before-morph-attribute", (event) => {
  const { target, detail } = event;
  const name = detail.attributeName;
  const opened = name === "open" && target.matches("details, dialog");
  const ticked = name === "checked" && target.matches(".row-pick input");
  const marked = name === "aria-current" && target.matches(".row");
  if (opened || ticked || marked) event.preventDefault();
});
