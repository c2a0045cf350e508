"use strict";
// A report with a photo: shows the photo, lets an older picture be chosen, and waits for a line instead of losing
// what was typed. Without it the form sends what it has.
(() => {
  const form = document.querySelector("[data-report]");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const box = form.querySelector("[data-photo]");
  const note = form.querySelector("[data-report-waits]");

  if (input && box) {
    const shown = box.querySelector("[data-photo-shown]");
    box.hidden = false;
    // the camera is what a phone opens first; a picture of this morning is in its album
    box.querySelector("[data-photo-album]").addEventListener("click", () => {
      input.removeAttribute("capture");
      input.click();
    });
    input.addEventListener("change", async () => {
      const file = input.files[0];
      shown.hidden = true;
      if (!file) return;
      try {
        const picture = await createImageBitmap(file, { resizeHeight: 160 });
        // another one was chosen meanwhile
        if (input.files[0] !== file) return;
        shown.width = picture.width;
        shown.height = picture.height;
        shown.getContext("2d").drawImage(picture, 0, 0);
        shown.hidden = false;
      } catch { /* of a kind that this browser does not draw: its name stands in the field */ }
    });
  }

  let waits = false;
  const show = (is) => {
    waits = is;
    note.hidden = !is;
  };
  // before whoever else listens: without a line a browser would leave the page, and the photo with it
  form.addEventListener("submit", (event) => {
    if (navigator.onLine || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    show(true);
    note.scrollIntoView({ block: "nearest" });
  }, true);
  window.addEventListener("online", () => {
    if (!waits) return;
    show(false);
    form.requestSubmit();
  });
  // who goes on typing sends it himself
  form.addEventListener("input", () => show(false));
})();
