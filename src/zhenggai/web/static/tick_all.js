"use strict";
// One box in a table's head ticks every row of that table. Without this file it is not shown.
(() => {
  const rows = (head) => [...head.closest("table").querySelectorAll("tbody input[type=checkbox]")];
  const show = (head) => {
    const all = rows(head);
    const count = all.filter((box) => box.checked).length;
    head.checked = count > 0 && count === all.length;
    head.indeterminate = count > 0 && count < all.length;
  };
  for (const head of document.querySelectorAll("[data-tick-rows]")) {
    head.hidden = false;
    show(head);
  }
  document.addEventListener("change", (event) => {
    const head = event.target.closest?.("table")?.querySelector("[data-tick-rows]");
    if (!head) return;
    if (event.target === head) for (const each of rows(head)) each.checked = head.checked;
    show(head);
  });
})();
