"use strict";
// Only comfort: every page reads and every form posts without this file.
(() => {
  // one post a form: the second click of a double click is swallowed here, and refused by the server without us
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-disabled", "true");
  });
  // a form that was sent and not answered can be sent again
  const unlock = (form) => {
    delete form?.dataset.sent;
    for (const button of form?.querySelectorAll("[aria-disabled]") ?? []) button.removeAttribute("aria-disabled");
  };
  // a page that comes back from the browser's memory may send again
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) unlock(form);
  });
  // what could not be sent is said at the top of its place, instead of what was said there before
  const refuse = (place, sentence) => {
    place.querySelector(":scope > .note-local")?.remove();
    const note = document.createElement("div");
    note.className = "note note-error note-local";
    note.setAttribute("role", "alert");
    note.tabIndex = -1;
    const line = document.createElement("p");
    line.className = "note-sentence";
    line.textContent = sentence;
    note.append(line);
    place.prepend(note);
    note.scrollIntoView({ block: "nearest" });
    return note;
  };
  window.zhenggai = { refuse, unlock };
  // paper shows what a page keeps folded away for length
  window.addEventListener("beforeprint", () => {
    for (const older of document.querySelectorAll("details.older")) older.open = true;
  });
  // an open menu closes on Escape and on a click beside it
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) if (menu !== except) menu.open = false;
  };
  document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details[data-menu][open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
  // who oversees the unit chosen is proposed as its leader, the profile of the kind chosen as that of the
  // inspection, until somebody chooses one by hand
  document.addEventListener("change", (event) => {
    const chosen = event.target;
    if (!(chosen instanceof HTMLSelectElement) || !chosen.form) return;
    chosen.dataset.chosen = "yes";
    if (!chosen.dataset.proposes) return;
    const other = chosen.form.elements.namedItem(chosen.dataset.proposesTo ?? "leader_id");
    if (!(other instanceof HTMLSelectElement) || other.dataset.chosen) return;
    const proposed = String(JSON.parse(chosen.dataset.proposes)[chosen.value] ?? "");
    if (proposed && [...other.options].some((one) => one.value === proposed)) other.value = proposed;
  });
  // a day that somebody sets says its weekday and how far off it is: a slip of the pen is seen before it is sent
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.type !== "date" || !box.closest(".field")) return;
    let said = box.nextElementSibling;
    if (!said?.classList.contains("day-said")) {
      said = document.createElement("span");
      said.className = "day-said";
      said.setAttribute("aria-live", "polite");
      box.after(said);
    }
    const day = box.valueAsDate, now = new Date();
    const away = day && Math.round((day - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / 86400000);
    const language = document.documentElement.lang;
    said.textContent = day
      ? new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(day) +
        " · " + new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(away, "day")
      : "";
  });
  // the part that the address names is unfolded, and where it is a form, ready to be filled in
  const unfoldWanted = () => {
    const wanted = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = wanted && wanted.closest("details");
    if (!folded) return;
    folded.open = true;
    folded.scrollIntoView();
    folded.querySelector("form :is(input:not([type=hidden]), textarea, select)")?.focus({ preventScroll: true });
  };
  // of a strip of tabs wider than the window, the page itself is in sight
  const showTab = () => {
    const strip = document.querySelector(".tabs"), here = strip?.querySelector("[aria-current]");
    if (here) strip.scrollLeft = here.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
  };
  // a refusal is read first
  document.addEventListener("DOMContentLoaded", () => {
    showTab();
    unfoldWanted();
    document.querySelector("[data-focus]")?.focus({ preventScroll: false });
  });
  window.addEventListener("hashchange", unfoldWanted);
})();
