// A small form that was folded out (assign, snooze, wait for …) folds away when its act is done, and the keys belong to the
// page again. One that needs another look stays as it is.
document.addEventListener("turbo:submit-end", ({ target, detail }) => {
  const fold = detail.success && target.closest?.("main details[open]");
  if (!fold || fold.contains(document.querySelector("#composer-words"))) return;
  if (fold.contains(document.activeElement)) document.activeElement.blur();
  fold.open = false;
});
