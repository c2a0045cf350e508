"use strict";
// The window of Ctrl-K. Without this file the way to it leads to the page of the search.
(() => {
  const dialog = document.getElementById("search-dialog");
  if (!(dialog instanceof HTMLDialogElement)) return;
  const words = dialog.querySelector("input[type=search]");
  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    words.focus();
    words.select();
  };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  for (const way of document.querySelectorAll("[data-search-open]")) {
    way.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
  }
  dialog.querySelector("[data-search-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    // beside the sheet
    if (event.target === dialog) dialog.close();
  });
  // up and down go through the results, and from the first one back to the words
  dialog.addEventListener("keydown", (event) => {
    // a search field would keep the key to itself and only empty itself
    if (event.key === "Escape" && !event.isComposing) {
      event.preventDefault();
      dialog.close();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing) return;
    const stops = [words, ...dialog.querySelectorAll(".search-found a")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
})();
