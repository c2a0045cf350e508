"use strict";
// Says where on a long page one is, and opens the form that a condition asks for beside it. Without this file the
// ways of the page lead to their parts all the same.
(() => {
  // ---- where one is ----
  let seen = new Map();
  let watch = null;
  const begin = () => {
    const bar = document.querySelector("[data-sections]");
    watch?.disconnect();
    if (!bar) return;
    seen = new Map();
    const ways = [...bar.querySelectorAll("a")];
    const mark = () => {
      const now = ways.find((way) => seen.get(way.hash)) ?? bar.querySelector("[aria-current]") ?? ways[0];
      for (const way of ways) {
        if (way === now) way.setAttribute("aria-current", "true");
        else way.removeAttribute("aria-current");
      }
      // beside the page's own scrolling: only the bar moves
      const { left, right } = now.getBoundingClientRect();
      const frame = bar.getBoundingClientRect();
      if (left < frame.left || right > frame.right) bar.scrollLeft += left - frame.left - frame.width / 3;
    };
    watch = new IntersectionObserver((entries) => {
      for (const entry of entries) seen.set(`#${entry.target.id}`, entry.isIntersecting);
      mark();
    }, { rootMargin: "-72px 0px -70% 0px" });
    for (const way of ways) {
      const part = document.getElementById(way.hash.slice(1));
      if (part) watch.observe(part);
    }
  };
  // ---- the form beside the condition that asks for it ----
  const homes = new Map();
  const bringHome = (fold) => {
    homes.get(fold)?.replaceWith(fold);
    homes.delete(fold);
  };
  document.addEventListener("click", (event) => {
    const way = event.target.closest?.("a.gate-remedy[href^='#']");
    if (!way) return;
    const fold = document.getElementById(decodeURIComponent(way.hash.slice(1)))?.closest("details.act");
    if (!fold) return;
    event.preventDefault();
    for (const other of [...homes.keys()]) if (other !== fold) { other.open = false; bringHome(other); }
    if (!homes.has(fold)) {
      const home = document.createComment("");
      fold.before(home);
      homes.set(fold, home);
    }
    way.after(fold);
    fold.open = true;
    const field = fold.querySelector("form :is(input:not([type=hidden]), textarea, select)");
    (field ?? fold.querySelector("summary")).focus({ preventScroll: true });
    fold.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("toggle", (event) => {
    const fold = event.target;
    if (homes.has(fold) && !fold.open) {
      const way = fold.previousElementSibling;
      bringHome(fold);
      way?.focus?.({ preventScroll: true });
    }
  }, true);
  document.addEventListener("htmx:after:swap", () => {
    for (const [fold, home] of homes) if (!home.isConnected) homes.delete(fold);
    begin();
  });
  document.addEventListener("DOMContentLoaded", begin);
})();
