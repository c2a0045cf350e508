"use strict";
// Forms of the finding's page are answered in place: what changed is shown, what is typed elsewhere stays. Without
// this file every form is sent and answered as a page of its own.
(() => {
  const words = document.querySelector("[data-swap-words]");
  const said = document.getElementById("said");
  if (!words || !said) return;
  const QUIET_MS = 300;
  const main = () => document.getElementById("content");
  const byId = (root, id) => (id ? root.querySelector(`[id="${CSS.escape(id)}"]`) : null);
  const isMain = (source) => source?.id === "content";
  // also a form that another answer has taken from the page meanwhile
  const isOurs = (source) => isMain(source) || source?.matches?.('form[hx-post][hx-target="#content"]') || false;

  // an announcement that repeats the last one is heard again
  const announce = (text) => {
    said.textContent = "";
    setTimeout(() => { said.textContent = text; }, 50);
  };

  // ---- while it is on its way ----
  const waits = new WeakMap();
  const settled = (form) => {
    clearTimeout(waits.get(form));
    form.removeAttribute("aria-busy");
    form.querySelector(":scope > .sending")?.remove();
  };
  document.addEventListener("htmx:before:request", (event) => {
    const form = event.detail.ctx.sourceElement;
    if (!isOurs(form) || isMain(form)) return;
    form.querySelector(":scope > .note-local")?.remove();
    form.setAttribute("aria-busy", "true");
    waits.set(form, setTimeout(() => {
      const box = document.createElement("p");
      box.className = "sending field-help";
      const bar = document.createElement("progress");
      bar.setAttribute("aria-label", words.dataset.sending);
      box.append(bar, words.dataset.sending);
      form.append(box);
      announce(words.dataset.sending);
    }, QUIET_MS));
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const form = event.detail.ctx.sourceElement;
    if (form instanceof HTMLFormElement) settled(form);
  });
  // a button that leads elsewhere than its form
  document.addEventListener("htmx:config:request", (event) => {
    const { request, sourceElement } = event.detail.ctx;
    const elsewhere = isOurs(sourceElement) && request.submitter?.getAttribute("formaction");
    if (elsewhere) request.action = elsewhere;
  });

  // ---- nothing arrived, or something else than this page ----
  const refuseHere = (form, sentence) => {
    window.zhenggai.unlock(form);
    settled(form);
    window.zhenggai.refuse(form, sentence).focus({ preventScroll: true });
  };
  document.addEventListener("htmx:error", (event) => {
    const form = event.detail.ctx?.sourceElement;
    if (isOurs(form) && !isMain(form)) refuseHere(form, words.dataset.noline);
  });
  const sentenceOf = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const told = page.querySelectorAll("#refusal .note-sentence, .stop-sentence, .field-error");
    return [...told].map((one) => one.textContent.trim()).join(" ") || words.dataset.fault;
  };
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    if (!isOurs(ctx.sourceElement)) return;
    const marked = document.querySelector("[data-finding]")?.dataset.finding;
    if (marked && ctx.text.includes(`data-finding="${marked}"`)) return;
    event.preventDefault();
    // done, and this page has nothing more to show: the reader goes where the answer leads
    if (ctx.response.status < 400 && !ctx.hx?.refresh) location.assign(ctx.response.raw.url);
    else if (isMain(ctx.sourceElement)) announce(sentenceOf(ctx.text));
    else refuseHere(ctx.sourceElement, ctx.hx?.refresh ? words.dataset.out : sentenceOf(ctx.text));
  });

  // ---- what is typed elsewhere ----
  const isCheck = (field) => field.type === "checkbox" || field.type === "radio";
  const isTyped = (field) => {
    if (!field.name || field.type === "hidden" || field.type === "submit") return false;
    if (isCheck(field)) return field.checked !== field.defaultChecked;
    if (field.type === "file") return field.files.length > 0;
    if (field instanceof HTMLSelectElement) {
      const options = [...field.options];
      const any = options.some((one) => one.defaultSelected);
      return options.some((one, at) =>
        one.selected !== (any || field.multiple ? one.defaultSelected : at === 0));
    }
    return field.value !== field.defaultValue;
  };
  const put = (field, old) => {
    if (isCheck(field)) field.checked = old.checked;
    else if (field.type === "file") field.files = old.files;
    else if (field instanceof HTMLSelectElement) {
      const chosen = new Set([...old.selectedOptions].map((one) => one.value));
      for (const option of field.options) option.selected = chosen.has(option.value);
    } else field.value = old.value;
  };
  // a refused form comes back with what was typed as if the page had said it
  const isHeld = (field, form) =>
    isTyped(field) ||
    Boolean(form.dataset.refused && field.name && !["hidden", "submit", "button", "file"].includes(field.type));
  const twinOf = (field, fresh) =>
    [...fresh.elements].find((one) =>
      one.name === field.name && one.type === field.type && (!isCheck(field) || one.value === field.value));
  const keptIn = (old, fresh) => {
    for (const field of old.elements) {
      const twin = isHeld(field, old) && twinOf(field, fresh);
      if (twin) put(twin, field);
    }
    if (old.dataset.refused) fresh.dataset.refused = "yes";
    // a file that is at the server already stays with its form, and the line that says so
    const [mark, now] = [old, fresh].map((form) => form.elements.namedItem("kept"));
    if (mark?.value && now && !now.value) {
      now.value = mark.value;
      const line = old.querySelector("p.kept, .uploading");
      if (line) now.after(line);
    }
    const folds = fresh.querySelectorAll("details");
    [...old.querySelectorAll("details")].forEach((fold, at) => { if (folds[at]) folds[at].open = fold.open; });
    const fold = fresh.closest("details");
    if (fold) fold.open = old.closest("details")?.open ?? true;
  };
  const wordsOf = (field) => {
    if (field.type === "file") return null;
    const label = field.labels?.[0]?.textContent.trim() ?? field.name;
    if (isCheck(field)) {
      const about = field.closest("fieldset")?.querySelector("legend")?.textContent.trim();
      return field.checked ? [about ?? label, label] : null;
    }
    const chosen = field instanceof HTMLSelectElement && [...field.selectedOptions].map((one) => one.text.trim());
    const text = chosen ? chosen.join(" ") : field.value;
    return text ? [label, text] : null;
  };
  const keep = (page, sent) => {
    const lost = [];
    for (const old of main().querySelectorAll("form[id]")) {
      if (old.id === sent?.id) continue;
      const held = [...old.elements].filter((field) => isHeld(field, old));
      const isOpen = old.closest("details.act")?.open;
      const fresh = byId(page, old.id);
      if (!(fresh instanceof HTMLFormElement)) lost.push(...held.map(wordsOf).filter(Boolean));
      else if (old.dataset.sending || old.getAttribute("aria-busy")) {
        // it is on its way, or its file is: the form itself stays, with what changed of the page
        for (const name of ["version", "csrfmiddlewaretoken"]) {
          const now = fresh.elements.namedItem(name);
          if (now && old.elements.namedItem(name)) old.elements.namedItem(name).value = now.value;
        }
        fresh.replaceWith(old);
        const fold = old.closest("details");
        if (fold) fold.open = true;
      } else if (held.length || isOpen || old.elements.namedItem("kept")?.value) keptIn(old, fresh);
    }
    return lost;
  };
  const lostCard = (lost) => {
    const card = document.createElement("section");
    card.className = "card sheet-body";
    const head = document.createElement("h2");
    head.textContent = words.dataset.lost;
    const list = document.createElement("dl");
    for (const [label, text] of lost) {
      const name = document.createElement("dt");
      name.textContent = label;
      name.hidden = !label;
      const value = document.createElement("dd");
      value.className = "pre";
      value.textContent = text;
      list.append(name, value);
    }
    card.append(head, list);
    return card;
  };
  // beside what is answered in place, so that the next answer leaves it there
  const setAside = (card) => {
    let box = document.getElementById("lost");
    if (!box) {
      box = document.createElement("div");
      box.id = "lost";
      box.className = "container-xl";
      main().before(box);
    }
    box.append(card);
  };

  document.addEventListener("zhenggai:lost", (event) => {
    setAside(lostCard([["", event.detail]]));
    announce(event.detail);
  });

  // ---- whoever writes elsewhere goes on writing ----
  const writingBeside = (sent) => {
    const field = document.activeElement;
    const isField = field?.matches("#content form[id] :is(input:not([type=submit]), textarea, select)");
    if (!isField || !field.form?.id || field.form.id === sent?.id) return null;
    const { selectionStart: start, selectionEnd: end } = field;
    return { field, form: field.form.id, start, end, top: field.getBoundingClientRect().top };
  };
  const writeOn = ({ field, form, start, end, top }) => {
    const fresh = document.getElementById(form);
    const twin = fresh instanceof HTMLFormElement && twinOf(field, fresh);
    if (!twin) return false;
    twin.focus({ preventScroll: true });
    if (start !== null && twin.setSelectionRange) twin.setSelectionRange(start, end);
    window.scrollBy({ top: twin.getBoundingClientRect().top - top, behavior: "instant" });
    return true;
  };

  // ---- the answer takes the place of the page ----
  const placeOf = (form) => ({
    id: form.id,
    piece: form.closest(".piece[id]")?.id,
    section: form.closest("section[id]")?.id,
    isBelow: form.closest(".sheet-acts") !== null,
    top: (form.closest("details.act") ?? form).getBoundingClientRect().top,
  });
  const around = (page, place) => {
    const piece = byId(page, place.piece);
    const section = byId(page, place.section);
    if (piece) return { before: piece, whole: piece };
    if (!section) return null;
    const acts = section.querySelectorAll(":scope > .sheet-acts");
    if (place.isBelow && acts.length) return { before: acts[acts.length - 1], whole: section };
    return { before: section.querySelector(":scope > .sheet-head")?.nextElementSibling, whole: section };
  };
  let after = null;
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx, tasks } = event.detail;
    const source = ctx.sourceElement;
    const page = tasks[0]?.fragment;
    if (!isOurs(source) || !page) return;
    // what was asked for when the page was another one
    tasks[0].target = main();
    const sent = isMain(source) ? null : source;
    const isRefused = ctx.response.status >= 400;
    const writing = writingBeside(sent);
    const lost = keep(page, sent);
    if (lost.length) setAside(lostCard(lost));
    const aside = main().querySelector("[data-lost-text]");
    if (aside) setAside(aside);
    after = { seen: Number(document.querySelector("[data-finding]")?.dataset.seen), isNews: sent === null, writing };
    after.told = lost.length ? words.dataset.lost : "";
    if (sent === null) return;
    const place = placeOf(sent);
    const refusal = byId(page, "refusal");
    const notes = [...page.querySelectorAll("#content > .note")];
    const form = byId(page, place.id);
    const near = around(page, place);
    after.top = place.top;
    after.text = notes.map((note) => note.textContent.trim()).join(" ");
    after.refusal = refusal?.querySelector(".note-sentence")?.textContent.trim() ?? "";
    if (isRefused && form instanceof HTMLFormElement) form.dataset.refused = "yes";
    if (isRefused && refusal) {
      if (form instanceof HTMLFormElement) form.prepend(refusal);
      after.focus = refusal;
    } else if (near) {
      if (near.before) near.before.before(...notes);
      else near.whole.append(...notes);
      near.whole.tabIndex = -1;
      after.focus = near.whole;
      after.anchor = notes[0];
    } else [after.focus] = notes;
  });
  document.addEventListener("htmx:after:swap", () => {
    if (!after) return;
    const { focus, anchor, top, text, isNews, seen, writing, told, refusal } = after;
    after = null;
    closeNews();
    const say = [told, text].filter(Boolean).join(" ");
    if (isNews) {
      for (const entry of document.querySelectorAll("#timeline [data-seq]")) {
        entry.classList.toggle("is-new", Number(entry.dataset.seq) > seen);
      }
      if (say) announce(say);
      const timeline = document.getElementById("timeline");
      timeline.tabIndex = -1;
      timeline.focus();
      return;
    }
    if (writing && writeOn(writing)) {
      announce([say, text.includes(refusal) ? "" : refusal].filter(Boolean).join(" "));
      return;
    }
    if (say) announce(say);
    if (!focus) return;
    if (!focus.hasAttribute("tabindex")) focus.tabIndex = -1;
    focus.focus({ preventScroll: true });
    // the answer stands where the form was
    const shown = anchor ?? focus;
    window.scrollBy({ top: shown.getBoundingClientRect().top - Math.max(top, 80), behavior: "instant" });
  });

  // ---- what others did meanwhile ----
  const LOOK_MS = 30000;
  const news = document.getElementById("news");
  const closeNews = () => { news.hidden = true; news.replaceChildren(); };
  const look = async () => {
    const here = document.querySelector("[data-finding]");
    if (document.hidden || !here?.dataset.changes) return;
    const asked = here.dataset.seen;
    let answer = null;
    try {
      const headers = { "HX-Request": "true" };
      answer = await fetch(`${here.dataset.changes}?after=${asked}`, { headers, redirect: "error" });
    } catch { /* no line: it is asked again */ }
    if (answer?.status !== 200 || answer.headers.has("HX-Refresh")) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // answered meanwhile by a page that knows it
    if (asked !== document.querySelector("[data-finding]")?.dataset.seen) return;
    const fresh = page.body.textContent.trim();
    if (!fresh || fresh === news.textContent.trim()) return;
    news.replaceChildren(...page.body.childNodes);
    news.hidden = false;
  };
  news.addEventListener("click", (event) => {
    if (event.target.closest("[data-news-close]")) closeNews();
    const way = event.target.closest("a[data-news-show]");
    if (!way || !window.htmx) return;
    event.preventDefault();
    window.htmx.ajax("GET", way.href, { source: main(), target: "#content", select: "#content", swap: "outerHTML" });
  });
  setInterval(look, LOOK_MS);
  document.addEventListener("visibilitychange", look);
  document.addEventListener("zhenggai:look", look);
})();
