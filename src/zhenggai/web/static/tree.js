"use strict";
// Arrow keys in the tree, and moving by a handle; unfolding and every form work without this file.
(() => {
  const tree = () => document.getElementById("tree");
  const stops = () => [...tree().querySelectorAll("[data-tree] summary")].filter(
    (one) => !one.parentElement.parentElement.closest("details:not([open])")
  );
  const open = () => [...tree().querySelectorAll("details[open]")].map((one) => one.id);
  let typed = "";
  let typedAt = 0;

  document.addEventListener("keydown", (event) => {
    const here = event.target.closest?.("[data-tree] summary");
    if (!here || event.ctrlKey || event.metaKey) return;
    const node = here.parentElement;
    if (event.altKey) {
      const step = { ArrowUp: "up", ArrowDown: "down" }[event.key];
      const form = step && node.matches(".node-finding") && node.querySelector(`form[data-step="${step}"]`);
      if (!form) return;
      event.preventDefault();
      answer(form.action, new FormData(form), node.id);
      return;
    }
    const all = stops();
    const at = all.indexOf(here);
    const parent = node.parentElement.closest("details.node");
    const to = {
      ArrowDown: () => all[at + 1],
      ArrowUp: () => all[at - 1],
      Home: () => all[0],
      End: () => all[all.length - 1],
      ArrowRight: () => (node.open ? all[at + 1] : void (node.open = true)),
      ArrowLeft: () => (node.open ? void (node.open = false) : parent?.querySelector("summary")),
    }[event.key];
    if (to) {
      event.preventDefault();
      to()?.focus();
    } else if (event.key.length === 1 && event.key !== " ") {
      typed = event.timeStamp - typedAt > 800 ? event.key : typed + event.key;
      typedAt = event.timeStamp;
      const wanted = typed.toLowerCase();
      const found = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((one) =>
        one.querySelector(".node-title").textContent.trim().toLowerCase().startsWith(wanted)
      );
      found?.focus();
    }
  });

  // levels unfold what is in the page already
  document.addEventListener("click", (event) => {
    const way = event.target.closest?.("#tree [data-level]");
    if (!way) return;
    event.preventDefault();
    const level = Number(way.dataset.level);
    for (const one of tree().querySelectorAll("details.node"))
      one.open = one.matches(".node-theme") ? level > 1 : one.matches(".node-group") ? level > 2 : level > 3;
    for (const other of tree().querySelectorAll("[data-level]")) other.removeAttribute("aria-current");
    way.setAttribute("aria-current", "true");
  });

  // paper shows all that is in the page
  addEventListener("beforeprint", () => {
    for (const one of tree().querySelectorAll("details.node:not([hx-get])")) one.open = true;
  });

  // forms of the tree are answered with the tree as it stands then
  document.addEventListener("submit", (event) => {
    const form = event.target;
    // the second click of a double click was swallowed already
    if (event.defaultPrevented || !form.matches?.("#tree form[data-answer], #tree form[data-step]")) return;
    event.preventDefault();
    answer(form.action, new FormData(form), form.closest("details.node")?.id, form);
  });

  let isBusy = false;

  async function answer(address, body, focus, form) {
    // the next move is of the tree as it stands after this one
    if (isBusy) return window.zhenggai.unlock(form);
    isBusy = true;
    try {
      await replaced(address, body, focus);
    } catch {
      window.zhenggai.refuse(tree(), tree().dataset.noline);
    } finally {
      isBusy = false;
      tree().querySelector("[data-tree]")?.classList.remove("is-waiting");
      window.zhenggai.unlock(form);
    }
  }
  async function replaced(address, body, focus) {
    const before = open();
    tree().querySelector(":scope > .note-local")?.remove();
    tree().querySelector("[data-tree]")?.classList.add("is-waiting");
    if (!body.get("csrfmiddlewaretoken"))
      body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    const response = await fetch(address + location.search, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (response.status >= 500) throw new Error(response.statusText);
    const text = await response.text();
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("tree");
    if (!fresh) return location.reload();
    tree().replaceWith(document.adoptNode(fresh));
    history.replaceState(null, "", location.pathname + location.search.replace(/([?&])(move|heading)=[^&]*/, "$1"));
    globalThis.htmx?.process(fresh);
    for (const id of before) {
      const one = document.getElementById(id);
      if (one) one.open = true;
    }
    (fresh.querySelector("[data-focus]") ?? document.getElementById(focus ?? "")?.querySelector("summary"))?.focus();
  }

  // moving by the handle, with mouse, pen or finger
  let dragged = null;
  let spot = null;
  const clear = () => {
    for (const one of document.querySelectorAll(".drop-before, .drop-after, .drop-into"))
      one.classList.remove("drop-before", "drop-after", "drop-into");
    spot = null;
  };
  const stop = () => {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    clear();
  };
  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest?.("[data-handle]");
    if (!handle || event.button) return;
    event.preventDefault();
    dragged = handle.closest(".tree-item");
    dragged.classList.add("is-dragged");
    handle.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const edge = 60;
    if (event.clientY < edge) scrollBy(0, -12);
    if (event.clientY > innerHeight - edge) scrollBy(0, 12);
    clear();
    const under = document.elementFromPoint(event.clientX, event.clientY);
    if (dragged.dataset.group) {
      const theme = under?.closest(".tree-item[data-theme]");
      if (theme && theme.dataset.theme !== dragged.dataset.from) mark(theme, "drop-into");
      return;
    }
    const finding = under?.closest(".tree-item[data-finding]");
    if (finding && finding !== dragged) {
      const box = finding.getBoundingClientRect();
      mark(finding, event.clientY < box.top + box.height / 2 ? "drop-before" : "drop-after");
    } else if (!finding) {
      const heading = under?.closest(".tree-item");
      if (heading) mark(heading, "drop-into");
    }
  });
  function mark(item, kind) {
    item.classList.add(kind);
    spot = { item, kind };
  }
  document.addEventListener("pointerup", () => {
    if (!dragged) return;
    const [moved, to] = [dragged, spot];
    stop();
    if (!to) return;
    const body = new FormData();
    if (moved.dataset.group) {
      body.set("group_id", moved.dataset.group);
      body.set("from_theme_id", moved.dataset.from);
      body.set("theme_id", to.item.dataset.theme);
      answer(tree().dataset.actGroup, body, moved.querySelector("details").id);
      return;
    }
    body.set("finding_id", moved.dataset.finding);
    body.set("version", moved.dataset.version);
    const branch = to.item.closest("[data-branch]") ?? to.item.querySelector(":scope > [data-branch]");
    body.set("target", branch ? branch.dataset.branch : `t${to.item.dataset.theme}g0`);
    if (to.item.dataset.finding) body.set(to.kind === "drop-before" ? "before_id" : "after_id", to.item.dataset.finding);
    answer(tree().dataset.act, body, moved.querySelector("details").id);
  });
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stop();
  });
})();
