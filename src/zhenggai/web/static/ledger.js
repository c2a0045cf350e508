"use strict";
// Up and down go from finding to finding, as in a spreadsheet; Tab and every link work without this file.
(() => {
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const frame = event.target.closest?.(".ledger-frame");
    if (!frame) return;
    const stops = [...frame.querySelectorAll("tbody .col-title > a:first-child")];
    const here = stops.indexOf(event.target.closest("tr")?.querySelector(".col-title > a:first-child"));
    const next = stops[here < 0 ? (step > 0 ? 0 : stops.length - 1) : here + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
})();
