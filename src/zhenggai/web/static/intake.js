"use strict";
// The draft of a document: saves as people type, ties fields to their places. Without it the page is one plain form.
(() => {
  const SAVE_AFTER_MS = 900;
  const AGAIN_AFTER_MS = 5000;

  // ---- receiving: a file dropped anywhere on the page ----
  const upload = document.querySelector("[data-upload]");
  if (upload) {
    const input = upload.querySelector("input[type=file]");
    const carriesFile = (event) => event.dataTransfer?.types.includes("Files");
    document.addEventListener("dragover", (event) => {
      if (!carriesFile(event)) return;
      event.preventDefault();
      input.classList.add("is-over");
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) input.classList.remove("is-over");
    });
    document.addEventListener("drop", (event) => {
      if (!carriesFile(event)) return;
      event.preventDefault();
      input.classList.remove("is-over");
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  const source = () => document.getElementById("source");
  if (!source()) return;
  const structure = document.getElementById("structure");
  const narrow = window.matchMedia("(max-width: 991.98px)");
  const show = (pane) => {
    const tab = document.getElementById(`pane-${pane}`);
    if (tab) tab.checked = true;
  };
  const quiet = window.matchMedia("(prefers-reduced-motion: reduce)");
  const scrollTo = (element, block = "center") =>
    element.scrollIntoView({ block, behavior: quiet.matches ? "auto" : "smooth" });

  // ---- the original: places, parts, what is shown of the cleaning ----
  const choose = (places) => {
    for (const old of source().querySelectorAll(".is-here")) old.classList.remove("is-here");
    for (const place of places) place.classList.add("is-here");
  };
  const placesOf = (span, whole) =>
    source().querySelectorAll(whole ? `[data-in="${CSS.escape(whole)}"]` : `[data-span="${CSS.escape(span)}"]`);
  // only the pane scrolls, so that the field under the hand stays where it is
  const scrollSource = (element) => {
    const box = source().querySelector(".original-text");
    if (box.scrollHeight <= box.clientHeight) {
      scrollTo(element);
      return;
    }
    if (box.scrollWidth > box.clientWidth) {
      const left = element.getBoundingClientRect().left - box.getBoundingClientRect().left;
      if (left < 60 || left > box.clientWidth - 120) box.scrollLeft += left - box.clientWidth / 3;
    }
    const top = element.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (top < 0 || top > box.clientHeight - 40)
      box.scrollTo({ top: box.scrollTop + top - box.clientHeight / 3, behavior: quiet.matches ? "auto" : "smooth" });
  };
  const loadSource = async (query) => {
    const ticks = [...source().querySelectorAll(".legend input")].map((box) => [box.id, box.checked]);
    const answer = await fetch(`${source().dataset.source}?${query}`, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("source");
    if (!fresh) return false;
    source().replaceWith(document.importNode(fresh, true));
    for (const [id, ticked] of ticks) {
      const box = document.getElementById(id);
      if (box) box.checked = ticked;
    }
    return true;
  };
  // of a workbook: the name and the whole text of the cell above the grid
  const tellCell = (place) => {
    const bar = source().querySelector(".cell-bar");
    const cell = place.closest("td");
    const text = place.closest(".cell");
    if (!bar || !cell || !text) return;
    bar.querySelector(".cell-name").textContent = text.dataset.cell || "";
    bar.querySelector(".cell-words").textContent = text.textContent;
    bar.hidden = false;
  };
  const showPlace = async (span, whole, fromField) => {
    let places = placesOf(span, whole);
    if (!places.length) {
      if (!(await loadSource(new URLSearchParams({ place: span })).catch(() => false))) return;
      places = source().querySelectorAll(".is-here");
    }
    if (!places.length) return;
    choose(places);
    tellCell(places[0]);
    if (!fromField) show("original");
    if (!fromField || !narrow.matches) scrollSource(places[0]);
  };
  const showField = (name, finding) => {
    const field = document.getElementById(name);
    const target = field || document.getElementById(finding);
    if (!target) {
      const number = /^finding-(\d+)/.exec(finding || name);
      if (number && structure) leaveTo(`?finding=${number[1]}#finding-${number[1]}`);
      return;
    }
    show("structure");
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.focus({ preventScroll: true });
    scrollTo(target);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a");
    if (link?.classList.contains("to-place")) {
      event.preventDefault();
      showPlace(link.dataset.span, link.dataset.whole, false);
    } else if (link?.dataset.window) {
      event.preventDefault();
      loadSource(new URLSearchParams({ window: link.dataset.window }))
        .then((done) => (done ? source().querySelector(".original-text").focus({ preventScroll: true }) : location.assign(link.href)))
        .catch(() => location.assign(link.href));
    } else if (link?.classList.contains("to-finding")) {
      event.preventDefault();
      showField(link.dataset.to, link.dataset.to);
    } else if (!link && event.target.closest?.("#source .place[data-for]") && getSelection().isCollapsed) {
      const place = event.target.closest(".place");
      choose(placesOf(place.dataset.span));
      showField(place.dataset.for, place.dataset.in);
    }
  });

  // ---- a selection in the original becomes a finding, or part of one ----
  let lastFinding = "";
  const pointOf = (node, offset, atEnd) => {
    const paragraphs = source().querySelectorAll("[data-at]");
    let paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
    if (!paragraph) {
      paragraph = atEnd ? paragraphs[paragraphs.length - 1] : paragraphs[0];
      [node, offset] = [paragraph, atEnd ? paragraph.childNodes.length : 0];
    }
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(node, offset);
    const copy = before.cloneContents();
    for (const virtual of copy.querySelectorAll("[data-virtual]")) virtual.remove();
    return Number(paragraph.dataset.at) + [...copy.textContent].length;
  };
  const selectionIn = () => {
    const selection = getSelection();
    const text = source().querySelector(".original-text");
    if (selection.isCollapsed || !selection.rangeCount || !text.contains(selection.anchorNode)) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.endContainer)) return null;
    const start = pointOf(range.startContainer, range.startOffset, false);
    const end = pointOf(range.endContainer, range.endOffset, true);
    return start < end ? { start, end, box: range.getBoundingClientRect() } : null;
  };
  // the selected words as they stand in the restored document
  const wordsIn = (range) => {
    const copy = range.cloneContents();
    for (const struck of copy.querySelectorAll("del, .to-finding, .visually-hidden")) struck.remove();
    return copy.textContent.trim().slice(0, 300);
  };
  const selectionBar = document.querySelector("[data-selection-bar]");
  const placeBar = () => {
    if (!selectionBar) return;
    const selected = selectionIn();
    selectionBar.hidden = !selected;
    if (!selected) return;
    for (const button of selectionBar.querySelectorAll("[data-of-finding]")) button.hidden = !lastFinding;
    const top = Math.max(8, Math.min(selected.box.bottom + 8, innerHeight - selectionBar.offsetHeight - 8));
    const left = Math.max(8, Math.min(selected.box.left, innerWidth - selectionBar.offsetWidth - 8));
    selectionBar.style.top = `${top}px`;
    selectionBar.style.left = `${left}px`;
  };
  if (selectionBar) {
    let timer = 0;
    document.addEventListener("selectionchange", () => {
      clearTimeout(timer);
      timer = setTimeout(placeBar, 200);
    });
    selectionBar.addEventListener("mousedown", (event) => event.preventDefault());
    selectionBar.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      const selected = selectionIn();
      if (!button || !selected) return;
      const id = button.hasAttribute("data-of-finding") ? lastFinding.replace("finding-", "") : "";
      const more = { selection_start: selected.start, selection_end: selected.end };
      if (button.hasAttribute("data-words")) more[`${button.value}-${id}`] = wordsIn(getSelection().getRangeAt(0));
      act(id ? `${button.value}:${id}` : button.value, more);
      getSelection().removeAllRanges();
    });
  }

  // ---- saving ----
  const form = () => document.getElementById("draft-form");
  if (!form()) return;
  const key = `zhenggai-draft-${form().dataset.draft}`;
  let began = JSON.parse(form().elements.began.value);
  const dirty = new Set();
  const held = new Map(); // fields whose text was refused: kept as typed until the person decides
  let saving = null;
  let timer = 0;
  let leaving = false;

  const word = (name) => form().dataset[name];
  const say = (text, kind) => {
    const line = form().querySelector("[data-save-state]");
    line.textContent = text;
    line.dataset.kind = kind;
  };
  const stash = {
    read() {
      try {
        return JSON.parse(localStorage.getItem(key)) || {};
      } catch {
        return {};
      }
    },
    write(all) {
      try {
        if (Object.keys(all).length) localStorage.setItem(key, JSON.stringify(all));
        else localStorage.removeItem(key);
      } catch {
        // a browser that keeps nothing still saves to the server
      }
    },
    put(name, value, mark) {
      this.write({ ...this.read(), [name]: { value, began: mark } });
    },
    drop(name) {
      const all = this.read();
      delete all[name];
      this.write(all);
    },
  };
  const keepBegan = () => (form().elements.began.value = JSON.stringify(began));
  const fieldOf = (name) => form().elements.namedItem(name);

  const touch = (name) => {
    dirty.add(name);
    held.delete(name);
    const field = fieldOf(name);
    if (field) stash.put(name, field.value, began[name]);
    say(word("unsaved"), "unsaved");
    clearTimeout(timer);
    timer = setTimeout(flush, SAVE_AFTER_MS);
  };

  const clearRefusal = (name) => {
    const box = document.getElementById(`field-${name}`);
    if (!box) return;
    box.classList.remove("has-error");
    fieldOf(name)?.removeAttribute("aria-invalid");
    for (const old of box.querySelectorAll(".field-error, .theirs, .resolve")) old.remove();
  };
  const refuse = (name, outcome) => {
    clearRefusal(name);
    const box = document.getElementById(`field-${name}`);
    if (!box) return;
    box.classList.add("has-error");
    fieldOf(name).setAttribute("aria-invalid", "true");
    const line = document.createElement("p");
    line.className = "field-error";
    line.setAttribute("role", "alert");
    line.textContent = outcome.sentence;
    box.append(line);
    if (outcome.state !== "conflict") return;
    const ways = document.createElement("p");
    ways.className = "resolve";
    for (const [label, settle] of [
      [word("keepMine"), () => {
        began[name] = outcome.began;
        keepBegan();
        touch(name);
        flush();
      }],
      [word("takeTheirs"), () => {
        fieldOf(name).value = outcome.stored;
        began[name] = outcome.began;
        keepBegan();
        held.delete(name);
        dirty.delete(name);
        stash.drop(name);
        clearRefusal(name);
        fieldOf(name).focus();
      }],
    ]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-plain btn-sm";
      button.textContent = label;
      button.addEventListener("click", settle);
      ways.append(button);
    }
    box.append(ways);
  };

  const send = async () => {
    const stashed = stash.read();
    const names = [...dirty];
    const sent = new Map();
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form().elements.csrfmiddlewaretoken.value);
    const marks = {};
    for (const name of names) {
      const field = fieldOf(name);
      const value = field ? field.value : stashed[name]?.value;
      const mark = field ? began[name] : stashed[name]?.began;
      dirty.delete(name);
      if (value === undefined || mark === undefined) continue;
      sent.set(name, value);
      marks[name] = mark;
      body.append(name, value);
    }
    if (!sent.size) return;
    body.append("began", JSON.stringify(marks));
    say(word("saving"), "saving");
    let answer;
    try {
      answer = await fetch(form().getAttribute("action"), {
        method: "POST",
        body,
        credentials: "same-origin",
        headers: { Accept: "application/json" },
      });
      if (answer.redirected || !answer.headers.get("Content-Type")?.startsWith("application/json")) {
        answer = { lost: answer.redirected || answer.status === 403 ? "signedOut" : "offline" };
      } else {
        answer = { ok: answer.ok, ...(await answer.json()) };
      }
    } catch {
      answer = { lost: "offline" };
    }
    if (answer.lost) {
      for (const name of sent.keys()) dirty.add(name);
      say(word(answer.lost), "lost");
      clearTimeout(timer);
      timer = setTimeout(flush, AGAIN_AFTER_MS);
      return;
    }
    if (!answer.ok) {
      // the draft is no longer open: what was typed stays in the fields and in this browser
      for (const name of sent.keys()) held.set(name, "refused");
      say(answer.sentence, "lost");
      return;
    }
    const version = form().elements.version;
    if (Number(version.value) === answer.before) version.value = answer.version;
    for (const [name, outcome] of Object.entries(answer.fields)) take(name, outcome, sent.get(name));
    keepBegan();
    if (!dirty.size && !held.size) say(word("saved"), "saved");
    else if (held.size) say(word("unsaved"), "lost");
  };
  const take = (name, outcome, value) => {
    const field = fieldOf(name);
    if (outcome.state === "conflict" || outcome.state === "invalid") {
      held.set(name, outcome.state);
      refuse(name, outcome);
      return;
    }
    began[name] = outcome.began;
    if (!dirty.has(name)) stash.drop(name);
    clearRefusal(name);
    const untouched = field && (value === undefined ? !dirty.has(name) : field.value === value);
    if (untouched && field !== document.activeElement && field.value !== outcome.stored) field.value = outcome.stored;
  };
  const flush = async () => {
    clearTimeout(timer);
    if (saving) await saving;
    if (!dirty.size) return;
    saving = send();
    await saving;
    saving = null;
  };

  // ---- buttons: the whole form is sent, and the structure that comes back takes its place ----
  const act = async (what, more = {}) => {
    await flush();
    if (saving) await saving;
    const body = new FormData(form());
    body.set("do", what);
    for (const [name, value] of Object.entries(more)) body.set(name, value);
    const known = new Set([...structure.querySelectorAll("article[id], li.item [id^=item-]")].map((one) => one.id));
    let answer;
    try {
      answer = await fetch(form().getAttribute("action"), { method: "POST", body, credentials: "same-origin" });
    } catch {
      say(word("offline"), "lost");
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("structure");
    if (!fresh) {
      leaveTo(answer.url);
      return;
    }
    const open = [...structure.querySelectorAll("details[open]")].map((box) => box.closest("article")?.id + box.className);
    structure.replaceChildren(...document.importNode(fresh, true).childNodes);
    for (const box of structure.querySelectorAll("details"))
      if (open.includes(box.closest("article")?.id + box.className)) box.open = true;
    for (const note of page.querySelectorAll("main > .note")) structure.prepend(document.importNode(note, true));
    began = JSON.parse(form().elements.began.value);
    for (const name of [...held.keys()]) if (!structure.querySelector(".field-error")) held.delete(name);
    if (answer.ok) for (const name of Object.keys(began)) stash.drop(name);
    const refused = structure.querySelector("#refusal");
    const made = [...structure.querySelectorAll("article[id], li.item [id^=item-]")].find((one) => !known.has(one.id));
    const finding = /^(?:up|down|place|merge-next|merge-with|\w+-to-\w+|drop-finding|restore-finding):(\d+)$/.exec(what);
    const item = /^(?:turn|split)-item:(\d+)$/.exec(what);
    const same = finding
      ? document.getElementById(`finding-${finding[1]}`)
      : item
        ? document.getElementById(`item-${item[1]}-text`)
        : what === "undo"
          ? structure.querySelector("[value=undo], [value=save]:not([tabindex])")
          : null;
    if (refused) {
      scrollTo(refused, "start");
      refused.focus({ preventScroll: true });
    } else if (made) {
      show("structure");
      scrollTo(made);
      (made.matches("textarea") ? made : made.querySelector("textarea"))?.focus({ preventScroll: true });
    } else if (same) {
      scrollTo(same);
      same.focus({ preventScroll: true });
    }
    if (source() && !what.startsWith("save")) refreshSource();
  };
  const refreshSource = () => {
    const box = source().querySelector(".original-text");
    const top = box.scrollTop;
    const part = source().querySelector("[data-part]")?.dataset.part;
    loadSource(new URLSearchParams({ window: part || "1" }))
      .then((done) => {
        if (done) source().querySelector(".original-text").scrollTop = top;
      })
      .catch(() => {});
  };
  const leaveTo = (address) => {
    leaving = !dirty.size;
    location.assign(address);
  };

  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    const button = event.submitter;
    if (form().dataset.ready) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (button?.hasAttribute("data-confirm")) {
      // a form cannot be sent again while its own submit event is still on its way
      setTimeout(async () => {
        await flush();
        form().dataset.ready = "yes";
        leaving = true;
        form().requestSubmit(button);
        delete form().dataset.ready;
      });
    } else {
      act(button?.value || "save");
    }
  }, true);
  document.addEventListener("input", (event) => {
    if (event.target.name in began && event.target.form === form()) touch(event.target.name);
  });
  document.addEventListener("change", (event) => {
    if (event.target.name in began && event.target.form === form() && dirty.has(event.target.name)) flush();
  });
  document.addEventListener("focusin", (event) => {
    const article = event.target.closest?.("article.finding");
    if (article) lastFinding = article.id;
    const link = event.target.closest?.(".draft-field")?.querySelector(".to-place");
    if (link && event.target.name) showPlace(link.dataset.span, "", true);
  });
  // words to split before: those at the caret that was last in a text of the same finding
  let caret = { box: null, words: "" };
  document.addEventListener("focusout", (event) => {
    const field = event.target;
    if (!field.matches?.("article.finding textarea")) return;
    const at = field.selectionStart;
    const words = at > 0 ? field.value.slice(at, at + 20).trim() : "";
    caret = { box: field.closest("li.item") || field.closest("article.finding"), words };
  });
  document.addEventListener("toggle", (event) => {
    const opened = event.target;
    if (!opened.open || !opened.matches?.("details.correct, details.item-more") || !caret.words) return;
    const box = opened.closest("li.item") || opened.closest("article.finding");
    const input = opened.querySelector("[data-split]");
    if (box.contains(caret.box) && !input.value) input.value = caret.words;
  }, true);
  document.addEventListener("keydown", (event) => {
    const way = event.key === "Enter" && !event.isComposing && event.target.closest?.(".correct-way");
    if (!way || event.target.localName === "button") return;
    event.preventDefault();
    way.querySelector("button").click();
  });
  // what explains a field can be put away with Escape, and comes back with the next visit
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const box of document.querySelectorAll(".draft-field:focus-within, .draft-field:hover")) box.classList.add("is-quiet");
  });
  document.addEventListener("focusout", (event) => event.target.closest?.(".draft-field")?.classList.remove("is-quiet"));
  document.addEventListener("mouseout", (event) => {
    const box = event.target.closest?.(".draft-field");
    if (box && !box.contains(event.relatedTarget) && !box.contains(document.activeElement)) box.classList.remove("is-quiet");
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") flush();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (dirty.size || saving || [...held.values()].length)) event.preventDefault();
  });
  window.addEventListener("pageshow", () => (leaving = false));

  // what an earlier visit could not save is taken up again
  for (const [name, kept] of Object.entries(stash.read())) {
    const field = fieldOf(name);
    if (field && field.value !== kept.value) {
      field.value = kept.value;
      began[name] = kept.began;
    } else if (field) {
      stash.drop(name);
      continue;
    }
    dirty.add(name);
  }
  keepBegan();
  flush();
})();
