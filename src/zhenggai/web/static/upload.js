"use strict";
// Sends the file of a form in pieces that resume after a broken line or a reload. Without it the form sends the file whole.
(() => {
  const words = document.querySelector("[data-uploads]");
  if (!words) return;
  const AT_ONCE_BYTES = 512 * 1024;
  const HASHED_MOST_BYTES = 64 * 1024 * 1024;
  const WAITS_MS = [1000, 2000, 4000, 8000, 15000];

  class Stopped extends Error {}

  const pause = (milliseconds) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      window.addEventListener("online", () => { clearTimeout(timer); resolve(); }, { once: true });
    });
  const say = (word, values = {}) =>
    words.dataset[word].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const mebibytes = (count) => (count / 1048576).toFixed(1);

  // what the browser remembers is a mark of the file that tells nobody its name
  const mark = (file) => {
    let hash = 0xcbf29ce484222325n;
    for (const letter of `${file.name}|${file.size}|${file.lastModified}`) {
      hash = BigInt.asUintN(64, (hash ^ BigInt(letter.codePointAt(0))) * 0x100000001b3n);
    }
    return `upload-${hash.toString(16)}`;
  };
  const remembered = {
    get: (key) => { try { return localStorage.getItem(key) || ""; } catch { return ""; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* private windows keep nothing */ } },
    drop: (key) => { try { localStorage.removeItem(key); } catch { /* likewise */ } },
  };

  const sha256 = async (file) => {
    // only where the page may, and where the whole file fits into memory
    if (!window.crypto?.subtle || file.size > HASHED_MOST_BYTES) return "";
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  class Sending {
    constructor(form, file, submitter) {
      Object.assign(this, { form, file, submitter, key: mark(file), aborter: new AbortController() });
      this.token = form.elements.namedItem("csrfmiddlewaretoken").value;
      this.show();
    }

    show() {
      this.box = document.createElement("div");
      this.box.className = "uploading";
      this.bar = document.createElement("progress");
      this.bar.max = this.file.size;
      this.bar.value = 0;
      this.bar.setAttribute("aria-label", say("bar", { name: this.file.name }));
      this.line = document.createElement("p");
      this.line.className = "field-help num";
      this.line.setAttribute("role", "status");
      this.stop = document.createElement("button");
      this.stop.type = "button";
      this.stop.className = "btn btn-plain btn-sm";
      this.stop.textContent = say("cancel");
      this.stop.addEventListener("click", () => this.cancel());
      this.box.append(this.bar, this.line, this.stop);
      this.form.querySelector("input[type=file]").after(this.box);
      this.busy(true);
    }

    busy(is) {
      for (const button of this.form.querySelectorAll("button[type=submit]")) button.disabled = is;
    }

    tell(word, offset) {
      this.bar.value = offset;
      const line = say(word, { done: mebibytes(offset), all: mebibytes(this.file.size) });
      if (this.line.textContent !== line) this.line.textContent = line;
    }

    // an answer, or none where the line is broken or the server away: then it is asked again
    async ask(address, options = {}) {
      const headers = { "X-CSRFToken": this.token, ...options.headers };
      let response;
      try {
        response = await fetch(address, {
          ...options, headers, credentials: "same-origin", redirect: "manual", signal: this.aborter.signal,
        });
      } catch {
        return null;
      }
      if (response.type === "opaqueredirect") throw new Stopped(say("out"));
      if (response.status >= 500) return null;
      let said;
      try {
        said = await response.json();
      } catch {
        // a page instead of an answer: signed out, or a proxy speaks
        if (response.status === 403) throw new Stopped(say("out"));
        return null;
      }
      return { status: response.status, said };
    }

    async patiently(request) {
      for (let tries = 0; ; tries += 1) {
        if (this.aborter.signal.aborted) throw new Stopped("");
        const answer = await request();
        if (answer) return answer;
        this.tell("waiting", this.bar.value);
        await pause(WAITS_MS[Math.min(tries, WAITS_MS.length - 1)]);
      }
    }

    async begin() {
      const known = remembered.get(this.key);
      if (/^[0-9a-f]{32}$/.test(known)) {
        const { status, said } = await this.patiently(() => this.ask(`${words.dataset.uploads}${known}/`));
        if (status === 200 && said.size === this.file.size) return said;
        remembered.drop(this.key);
      }
      const hash = await sha256(this.file);
      const body = JSON.stringify({ name: this.file.name, size: this.file.size, sha256: hash });
      const headers = { "Content-Type": "application/json" };
      const { status, said } = await this.patiently(() =>
        this.ask(words.dataset.uploads, { method: "POST", body, headers }));
      if (status !== 201) throw new Stopped(said.sentence);
      remembered.set(this.key, said.id);
      this.piece = said.piece;
      return said;
    }

    async run() {
      let { id, offset, finished } = await this.begin();
      const address = `${words.dataset.uploads}${id}/`;
      const piece = this.piece || 1048576;
      while (!finished && offset < this.file.size) {
        this.tell("sending", offset);
        const body = this.file.slice(offset, offset + piece);
        const headers = { "Content-Type": "application/octet-stream" };
        const at = offset;
        const answer = await this.patiently(async () =>
          (await this.ask(`${address}?offset=${at}`, { method: "PUT", body, headers })));
        if (answer.status === 404) {
          remembered.drop(this.key);
          return this.run();
        }
        // 200 and 409 both say where it stands; after a broken line a piece may have arrived unheard
        if (typeof answer.said.offset !== "number") {
          if (answer.said.code === "invalid") {
            await pause(WAITS_MS[0]);
            continue;
          }
          throw new Stopped(answer.said.sentence);
        }
        offset = answer.said.offset;
      }
      this.tell("checking", this.file.size);
      const { status, said } = await this.patiently(() => this.ask(`${address}finish/`, { method: "POST" }));
      if (status === 409) return this.run();
      remembered.drop(this.key);
      if (status !== 200) throw new Stopped(said.sentence);
      this.hand(said);
    }

    // the form goes on as ever, with the mark of the kept file in place of the file
    hand(said) {
      this.form.elements.namedItem("kept").value = said.kept;
      this.form.querySelector("input[type=file]").value = "";
      this.line.textContent = say("sent", { name: said.name });
      this.bar.remove();
      this.stop.remove();
      this.busy(false);
      // the form may be sent again where its own line breaks
      delete this.form.dataset.sending;
      if (!this.form.isConnected) {
        const gone = say("gone", { name: said.name });
        document.dispatchEvent(new CustomEvent("zhenggai:lost", { detail: gone }));
        return;
      }
      this.form.dataset.handed = "yes";
      this.form.requestSubmit(this.submitter);
    }

    async cancel() {
      const known = remembered.get(this.key);
      this.aborter.abort();
      remembered.drop(this.key);
      if (known) {
        const headers = { "X-CSRFToken": this.token };
        fetch(`${words.dataset.uploads}${known}/`, { method: "DELETE", headers, keepalive: true }).catch(() => {});
      }
      this.end("");
    }

    end(sentence) {
      this.busy(false);
      delete this.form.dataset.sending;
      if (sentence) {
        this.line.textContent = sentence;
        this.line.className = "field-error";
        this.line.setAttribute("role", "alert");
        this.bar.remove();
        this.stop.remove();
      } else this.box.remove();
    }
  }

  const watch = (form) => {
    const input = form.querySelector("input[type=file]");
    if (!input || !form.elements.namedItem("kept") || form.dataset.watched) return;
    form.dataset.watched = "yes";
    // before whoever else listens: the form is not sent before its file is
    form.addEventListener("submit", (event) => {
      const file = input.files[0];
      if (form.dataset.handed || !file || file.size <= AT_ONCE_BYTES) {
        delete form.dataset.handed;
        return;
      }
      event.preventDefault();
      // the guard against double clicks would take this for the sending itself
      event.stopImmediatePropagation();
      if (form.dataset.sending) return;
      form.dataset.sending = "yes";
      form.querySelector(".uploading")?.remove();
      const sending = new Sending(form, file, event.submitter);
      sending.run().catch((fault) => sending.end(fault instanceof Stopped ? fault.message : say("fault")));
    }, true);
  };
  const watchAll = () => {
    for (const form of document.querySelectorAll("form[enctype='multipart/form-data']")) watch(form);
  };
  watchAll();
  // a page that is answered in place has new forms
  document.addEventListener("htmx:after:swap", watchAll);
})();
