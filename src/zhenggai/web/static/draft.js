"use strict";
// Keeps what is typed into a form with a draft: on the server, and in this browser while the server cannot be reached.
// Without it the form has a button that saves the draft.
(() => {
  const WAIT_MS = 3000;
  const SKIPPED = new Set(["csrfmiddlewaretoken", "version", "object_id"]);
  const store = {
    get: (key) => { try { return JSON.parse(localStorage.getItem(key) || "null"); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
    drop: (key) => { try { localStorage.removeItem(key); } catch { /* nothing is kept then */ } },
  };

  // one for all: each answer in place brings a new form
  let drafts = [];
  window.addEventListener("online", () => {
    drafts = drafts.filter((draft) => draft.form.isConnected);
    for (const draft of drafts) draft.saveWaiting();
  });
  const isTyped = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (!(field instanceof HTMLSelectElement)) return field.value !== field.defaultValue;
    const served = [...field.options].findIndex((one) => one.defaultSelected);
    return field.selectedIndex !== Math.max(served, 0);
  };

  const begin = (place) => {
    const form = place.closest("form");
    const state = place.querySelector("[data-draft-state]");
    if (!form || !state) return;
    const { draft: address, person, reports, saved, kept, restored, unsaved } = place.dataset;
    const key = `draft:${person}:${address}`;
    let timer = 0;
    let waiting = false;

    const typed = () => {
      const values = {};
      for (const [name, value] of new FormData(form)) {
        if (!SKIPPED.has(name) && typeof value === "string") (values[name] ??= []).push(value);
      }
      return values;
    };
    const fill = (values) => {
      // what was typed since is newer
      const fields = [...form.elements].filter((field) => !isTyped(field));
      for (const field of fields) {
        if (!field.name || SKIPPED.has(field.name) || !(field.name in values || field.type === "checkbox")) continue;
        const said = values[field.name] ?? [];
        if (field.type === "checkbox" || field.type === "radio") field.checked = said.includes(field.value);
        else if (field.type !== "hidden") field.value = said[0] ?? "";
      }
    };
    const keepHere = () => store.set(key, { reports, values: typed() });
    const save = async () => {
      let answer = null;
      const body = new FormData(form);
      // a draft is words: a photo is not sent with every pause of typing
      for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
      // a draft that is overtaken by its report is not kept
      body.append("reports", reports);
      try {
        answer = await fetch(address, {
          method: "POST", body, headers: { Accept: "application/json" }, redirect: "error",
        });
      } catch { /* no line */ }
      if (answer?.ok) {
        waiting = false;
        store.drop(key);
        state.textContent = saved.replace("{time}", new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
        return;
      }
      // what the server refuses is refused again: only a line comes back by itself
      waiting = answer === null || answer.status >= 500;
      state.textContent = keepHere() && waiting ? kept : unsaved;
    };

    const here = store.get(key);
    // a report that arrived needs no draft any more
    if (here && here.reports !== reports) store.drop(key);
    else if (here) {
      fill(here.values);
      const folded = form.closest("details");
      if (folded) folded.open = true;
      state.textContent = restored;
      save();
    }
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, WAIT_MS);
    });
    // until the next page says that the report is there, the words stay here
    form.addEventListener("submit", () => { clearTimeout(timer); keepHere(); });
    drafts.push({ form, saveWaiting: () => { if (waiting) save(); } });
  };
  const beginAll = () => {
    for (const place of document.querySelectorAll("[data-draft]")) {
      if (place.dataset.begun) continue;
      place.dataset.begun = "yes";
      begin(place);
    }
  };
  beginAll();
  // a page that is answered in place has a new form
  document.addEventListener("htmx:after:swap", beginAll);
})();
