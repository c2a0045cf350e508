"use strict";
// Looks at evidence in a window of the page. Without this file each piece opens on its own page.
(() => {
  const dialog = document.getElementById("viewer");
  if (!(dialog instanceof HTMLDialogElement)) return;
  const body = dialog.querySelector("[data-viewer-body]");
  const place = dialog.querySelector("[data-viewer-place]");
  let tiles = [];
  let at = 0;
  const show = (number) => {
    at = (number + tiles.length) % tiles.length;
    const tile = tiles[at];
    body.replaceChildren(tile.parentElement.querySelector("template").content.cloneNode(true));
    dialog.setAttribute("aria-label", tile.querySelector(".tile-title").textContent);
    place.textContent = `${at + 1} / ${tiles.length}`;
    for (const step of dialog.querySelectorAll("[data-viewer-step]")) step.hidden = tiles.length < 2;
    const more = body.querySelector("[data-viewer-more]");
    if (more) fetchMore(more, tile.href);
    body.scrollTop = 0;
  };
  const fetchMore = async (box, address) => {
    let sheet = null;
    try {
      const answer = await fetch(address, { redirect: "error" });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        sheet = page.querySelector("[data-preview]");
      }
    } catch { /* the way to the page of its own stays */ }
    if (!box.isConnected) return;
    box.removeAttribute("aria-busy");
    if (sheet) box.replaceChildren(...[...sheet.childNodes].map((node) => document.importNode(node, true)));
    else box.textContent = box.dataset.none;
  };
  document.addEventListener("click", (event) => {
    const tile = event.target.closest?.("a[data-tile]");
    if (!tile || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    tiles = [...document.querySelectorAll("a[data-tile]")];
    show(tiles.indexOf(tile));
    dialog.showModal();
  });
  dialog.addEventListener("click", (event) => {
    const step = event.target.closest("[data-viewer-step]");
    if (step) show(at + Number(step.dataset.viewerStep));
    else if (event.target === dialog || event.target.closest("[data-viewer-close]")) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    show(at + step);
  });
  // back to the piece that was looked at last
  dialog.addEventListener("close", () => {
    body.replaceChildren();
    tiles[at]?.focus();
  });
})();
