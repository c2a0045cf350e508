"use strict";
// Looks as the device asks where the person chose nothing, before anything is drawn; without this file pages are light.
(() => {
  const root = document.documentElement;
  if (root.dataset.bsTheme) return;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    root.dataset.bsTheme = dark.matches ? "dark" : "light";
  };
  follow();
  dark.addEventListener("change", follow);
})();
