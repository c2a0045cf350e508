"use strict";
// Editing cells in place, taking back, orders of several keys; every link and form works without this file.
(() => {
  const HEADERS = () => ({ "HX-Request": "true", "HX-Current-URL": location.href });
  const dialog = () => document.getElementById("cell-dialog");
  const said = () => document.getElementById("cell-said");
  let opener = null;

  const tell = (text) => {
    const line = document.createElement("p");
    line.className = "note note-error";
    line.textContent = text;
    line.setAttribute("role", "alert");
    // what stands behind an open dialog is neither read out nor reached
    const form = dialog().open && dialog().querySelector(".cell-form");
    dialog().querySelector(".note-error[role=alert]")?.remove();
    if (form) form.prepend(line);
    else said().replaceChildren(line);
  };
  const ask = async (address, options) => {
    let answer;
    try {
      answer = await fetch(address, { headers: HEADERS(), ...options });
    } catch {
      tell(dialog().dataset.failed);
      return null;
    }
    if (answer.headers.get("HX-Refresh") || answer.status === 404) {
      // signed out meanwhile, or no longer to be seen: the page itself says so
      location.reload();
      return null;
    }
    const found = document.createElement("template");
    found.innerHTML = await answer.text();
    if (!found.content.querySelector(".cell-form, [data-said]")) {
      tell(dialog().dataset.failed);
      return null;
    }
    return found.content;
  };

  const place = (cell) => {
    const sheet = dialog();
    sheet.classList.remove("is-placed");
    sheet.style.removeProperty("left");
    sheet.style.removeProperty("top");
    if (!cell?.isConnected || innerWidth < 700) return;
    const at = cell.getBoundingClientRect();
    const size = sheet.getBoundingClientRect();
    sheet.classList.add("is-placed");
    sheet.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
    sheet.style.top = `${Math.max(8, Math.min(at.top, innerHeight - size.height - 8))}px`;
  };
  const show = (content, cell) => {
    const sheet = dialog();
    sheet.replaceChildren(content);
    if (!sheet.open) sheet.showModal();
    place(cell);
    const first =
      sheet.querySelector("#refusal") ??
      sheet.querySelector("form :is(select, textarea, input:not([type=hidden]))") ??
      sheet.querySelector("[type=submit]") ??
      sheet.querySelector("[data-cell-close]");
    first?.focus();
  };
  const open = async (address, cell) => {
    opener = cell;
    const content = await ask(address);
    if (content) show(content, cell);
  };
  const addressOf = (cell) => {
    const column = [...cell.classList].find((name) => name.startsWith("col-"))?.slice(4);
    const row = cell.closest("tr[data-finding]");
    const frame = cell.closest("[data-cells]");
    if (!column || !row || !frame) return "";
    return frame.dataset.cells.replace("/0/", `/${row.dataset.finding}/`).replace("/column/", `/${column}/`);
  };

  const done = (content, form) => {
    const fresh = content.querySelector("template[data-row]")?.content.querySelector("tr");
    const old = fresh && document.getElementById(fresh.id);
    if (old) {
      // a row that was ticked stays so
      const [was, is] = [old, fresh].map((row) => row.querySelector(".tick"));
      if (was && is) is.checked = was.checked;
      old.replaceWith(fresh);
    }
    const counts = content.querySelector("template[data-counts]");
    if (counts) {
      const list = document.querySelector("#ledger > .counts");
      for (const each of counts.content.querySelectorAll("li")) {
        const id = each.querySelector("[id]")?.id;
        const old = id && document.getElementById(id);
        if (list && old) old.replaceWith(each.querySelector("[id]"));
      }
      window.htmx?.process?.(list);
    }
    dialog().close();
    said().replaceChildren(content.querySelector("[data-said]"));
    const column = form.dataset.cell;
    const way = column && fresh?.querySelector(`.col-${column} .cell-edit`);
    if (way) way.focus();
    else said().focus();
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.closest?.("#cell-dialog")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    const content = await ask(form.action, { method: "POST", body: new FormData(form) });
    delete form.dataset.busy;
    if (!content) return;
    if (content.querySelector("[data-said]")) done(content, form);
    else show(content, opener);
  }, true);

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-cell-close]")) dialog().close();
    if (event.target.closest?.("[data-said-close]")) said().replaceChildren();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = event.target.closest?.("a.cell-edit, a[data-take-back-open]");
    if (way && !event.shiftKey) {
      event.preventDefault();
      open(way.href, way.closest("td"));
    }
  });
  // Shift and a press on a head: the column orders what is equal in the keys before it
  document.addEventListener("click", (event) => {
    const head = event.shiftKey && event.target.closest?.("a[data-more]");
    if (!head) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    location.assign(head.dataset.more);
  }, true);
  document.addEventListener("dblclick", (event) => {
    const cell = event.target.closest?.(".ledger-frame tbody :is(td, th)");
    if (!cell || event.target.closest("a, button, input")) return;
    const address = addressOf(cell);
    if (address) open(address, cell);
  });
  document.addEventListener("keydown", (event) => {
    if (!dialog() || dialog().open) return;
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
      if (event.target.matches?.("input:not([type=checkbox]), textarea, select")) return;
      event.preventDefault();
      open(said().querySelector("[data-take-back-open]")?.href ?? dialog().dataset.takeBack, null);
      return;
    }
    const cell = event.target.closest?.(".ledger-frame tbody :is(td, th)");
    if (!cell || !(event.key === "F2" || (event.key === "Enter" && event.target === cell))) return;
    const address = addressOf(cell);
    if (!address) return;
    event.preventDefault();
    open(address, cell);
  });
})();
