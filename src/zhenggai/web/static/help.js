"use strict";
// F1 or ? opens the help of the page in a window. Without this file the way to it leads to a page of its own.
(() => {
  const way = document.querySelector("[data-help]");
  const dialog = document.getElementById("help-dialog");
  if (!way || !(dialog instanceof HTMLDialogElement)) return;
  const text = dialog.querySelector("[data-help-text]");
  const open = async () => {
    if (dialog.open) return;
    if (!text.childElementCount) {
      let answer = null;
      try {
        answer = await fetch(way.href, { headers: { "HX-Request": "true" } });
      } catch { /* no line: the browser says so at the page of its own */ }
      if (!answer?.ok) return location.assign(way.href);
      text.innerHTML = await answer.text();
    }
    dialog.showModal();
  };
  way.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  dialog.querySelector("[data-help-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest?.("input, textarea, select, [contenteditable], [data-tree]");
    const asks = event.key === "F1" || (event.key === "?" && !writes);
    if (!asks || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    event.preventDefault();
    open();
  });
})();
