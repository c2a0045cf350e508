"use strict";
// Arrows go from cell to cell, as in a spreadsheet; Tab and every link work without this file.
(() => {
  const STEPS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
  const stop = (cell) => cell.querySelector("a[href], button, input") ?? cell;
  const go = (cell) => {
    const target = stop(cell);
    if (target === cell) cell.tabIndex = -1;
    target.focus();
  };
  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const isEnd = event.key === "Home" || event.key === "End";
    if (!(step || isEnd) || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const frame = event.target.closest?.(".ledger-frame");
    if (!frame || event.target.matches("select, textarea, input:not([type=checkbox])")) return;
    const rows = [...frame.querySelectorAll("tbody tr:not(.group-row)")];
    if (!rows.length) return;
    const here = event.target.closest("th, td");
    const row = rows.indexOf(here?.closest("tr"));
    let next;
    if (isEnd) {
      if (row >= 0) next = event.key === "Home" ? rows[row].cells[0] : rows[row].cells[rows[row].cells.length - 1];
    } else if (step[0]) {
      const to = rows[row < 0 ? (step[0] > 0 ? 0 : rows.length - 1) : row + step[0]];
      next = here ? to?.cells[here.cellIndex] : to?.querySelector(".col-title");
    } else if (row >= 0) {
      next = rows[row].cells[here.cellIndex + step[1]];
    }
    if (!next) return;
    event.preventDefault();
    go(next);
  });
})();
