"use strict";
// Ticks rows (with Shift a range, with Space from a finding's name), copies them as a spreadsheet takes them,
// and hands what is pasted to the page that compares it. The boxes and buttons work without this file.
(() => {
  const boxes = () => [...document.querySelectorAll('.ledger tbody .tick')];
  let last = null;

  const show = () => {
    const form = document.querySelector("[data-many]");
    if (!form) return;
    const all = boxes();
    const count = all.filter((box) => box.checked).length;
    const said = form.querySelector("[data-many-count]");
    if (said) said.textContent = count ? form.dataset.ticked.replace("{count}", count) : "";
    const head = document.querySelector("[data-tick-all]");
    if (head) {
      head.hidden = false;
      head.checked = count > 0 && count === all.length;
      head.indeterminate = count > 0 && count < all.length;
    }
    const copy = form.querySelector("[data-many-copy]");
    if (copy) copy.hidden = false;
  };

  const ranged = (box, isShift) => {
    const all = boxes();
    const from = all.indexOf(last);
    const to = all.indexOf(box);
    if (isShift && from >= 0) {
      for (let at = Math.min(from, to); at <= Math.max(from, to); at += 1) all[at].checked = box.checked;
    }
    last = box;
    show();
  };

  document.addEventListener("click", (event) => {
    const box = event.target.closest?.(".tick");
    if (box?.matches("[data-tick-all]")) {
      for (const each of boxes()) each.checked = box.checked;
      show();
    } else if (box) {
      ranged(box, event.shiftKey);
    } else if (event.target.closest?.("[data-many-copy]")) {
      isAsked = true;
      document.execCommand("copy");
      isAsked = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.ctrlKey || event.altKey || event.metaKey) return;
    const link = event.target.closest?.(".ledger tbody .col-title > a:first-child");
    const box = link?.closest("tr").querySelector(".tick");
    if (!box) return;
    event.preventDefault();
    box.checked = !box.checked;
    ranged(box, event.shiftKey);
  });

  // what a cell says, without its marks, unless a mark is all it says
  const words = (cell) => {
    if (cell.dataset.copy) return cell.dataset.copy;
    const copy = cell.cloneNode(true);
    for (const each of copy.querySelectorAll(".visually-hidden, .tick, .icon, .unset, .found, .order-place")) each.remove();
    const marked = copy.querySelector(".mark")?.textContent ?? "";
    for (const each of copy.querySelectorAll(".mark, .light")) each.remove();
    const said = (copy.textContent.trim() || marked).replace(/\s+/g, " ").trim();
    // what is cut short has its whole as title; what a document says stands in quotation marks
    const whole = copy.querySelector("[title]")?.title ?? "";
    const begins = said.replace(/(?:…|\.\.\.)$/, "");
    if (begins !== said && whole.startsWith(begins)) return whole;
    return cell.matches(".col-stated") ? said.replace(/^“([^“”]*)”$/, "$1") : said;
  };
  // as the files of this ledger do: no text that a spreadsheet would run
  const guarded = (text) =>
    /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u.test(text) && !/^-[\d,.]+%?$/.test(text) ? `'${text}` : text;
  const quoted = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const line = (cells) => [...cells].map((cell) => quoted(guarded(words(cell)))).join("\t");

  let isAsked = false;
  document.addEventListener("copy", (event) => {
    const form = document.querySelector("[data-many]");
    const table = document.querySelector(".ledger");
    const isTyping = event.target.closest?.("input:not(.tick), textarea, select");
    if (!form || !table || isTyping || !document.getSelection().isCollapsed) return;
    const ticked = boxes().filter((box) => box.checked);
    if (!isAsked && !ticked.length) return;
    const rows = (ticked.length ? ticked : boxes()).map((box) => box.closest("tr"));
    const heads = table.querySelectorAll("thead th");
    const text = [line(heads), ...rows.map((row) => line(row.children))].join("\r\n");
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    const said = form.querySelector("[data-many-count]");
    if (said) said.textContent = form.dataset.copied.replace("{count}", rows.length);
  });

  document.addEventListener("paste", (event) => {
    const form = document.querySelector("[data-many-paste]");
    const isTyping = event.target.closest?.("input:not(.tick), textarea, select");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    // a cell alone is no row
    if (!form || isTyping || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    form.elements.text.value = text;
    form.submit();
  });

  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("htmx:after:swap", () => {
    last = null;
    show();
  });
  show();
})();
