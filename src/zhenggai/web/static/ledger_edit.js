"use strict";
// Editing cells in place, taking back, orders of several keys; every link and form works without this file.
(() => {
  // Shift and a press on a head: the column orders what is equal in the keys before it
  document.addEventListener(
    "click",
    (event) => {
      const head = event.shiftKey && event.target.closest?.("a[data-more]");
      if (!head) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      location.assign(head.dataset.more);
    },
    true,
  );
})();
