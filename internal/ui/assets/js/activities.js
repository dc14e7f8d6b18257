// Logging from anywhere, and uploads that show how far they are. Drafts are kept by
// drafts.js.
// Everything works without this file, with more clicks.
(() => {
  const may = () => document.querySelector('a.nav-link[href="/activities"]');
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");
  const part = { "HX-Request": "true", Accept: "text/html" };
  const json = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
  const panel = () => document.getElementById("activities-panel");

  function notice(text, tone, ...more) {
    const place = document.getElementById("notices");
    const box = document.createElement("div");
    box.className = "notice " + tone;
    box.setAttribute("role", "status");
    const words = document.createElement("p");
    words.textContent = text;
    box.append(words, ...more);
    place?.replaceChildren(box);
    return box;
  }
  function button(label, work) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button small";
    made.textContent = label;
    made.addEventListener("click", work);
    return made;
  }
  function showPanel(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const fresh = holder.content.firstElementChild;
    panel()?.replaceWith(fresh);
    window.htmx?.process(fresh);
  }
  async function refresh() {
    const deal = location.pathname.match(/^\/deals\/([0-9a-f-]{36})$/)?.[1];
    if (!deal || !panel()) return;
    const answer = await fetch(`/activities/deals/${deal}/panel`, { headers: part });
    if (answer.ok) showPanel(await answer.text());
  }

  document.addEventListener("htmx:response:error", (event) => {
    const { response, sourceElement } = event.detail.ctx ?? {};
    if (!sourceElement?.closest?.("#activities-panel")) return;
    if (response?.status === 401) notice("You are not signed in any more. What you typed is kept in this browser.", "bad");
    else if (![409, 422].includes(response?.status)) notice("That was not done. What you typed is kept; try again in a moment.", "bad");
  });

  // The dialog: deal, type, text, Enter.
  let dialog;
  async function open(deal) {
    if (!dialog?.isConnected) {
      const answer = await fetch("/activities/quick", { headers: part });
      if (!answer.ok) return location.assign("/activities/new");
      const holder = document.createElement("template");
      holder.innerHTML = await answer.text();
      dialog = holder.content.firstElementChild;
      document.body.append(dialog);
      prepare(dialog.querySelector("form"));
      window.htmx?.process(dialog); // and drafts.js brings back what was typed
    }
    const form = dialog.querySelector("form");
    if (!dialog.open) dialog.showModal();
    form.elements.key.value ||= newKey();
    deal ||= location.pathname.match(/^\/deals\/([0-9a-f-]{36})/)?.[1];
    await (deal ? form.offer("", deal) : form.offer(form.querySelector("[data-find]").value));
  }
  function newKey() {
    const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
  function prepare(form) {
    const box = form.querySelector("[data-find]"), list = form.querySelector("[data-found]"), options = list.firstElementChild;
    let at = 0, waiting, asked = 0, offered;
    const mark = () => [...options.children].forEach((o, i) => {
      o.setAttribute("aria-selected", String(i === at));
      if (i === at) { o.setAttribute("aria-current", "true"); box.setAttribute("aria-activedescendant", o.id); o.scrollIntoView({ block: "nearest" }); }
      else o.removeAttribute("aria-current");
    });
    const show = (is) => { list.hidden = !is; box.setAttribute("aria-expanded", String(is)); };
    function choose(found) {
      form.elements.deal.value = found.id;
      box.value = found.title;
      show(false);
      form.querySelector("[name=type]:checked").focus();
    }
    form.offer = async (typed, deal) => {
      const mine = ++asked;
      const answer = await fetch(`/activities/find?q=${encodeURIComponent(typed)}${deal ? "&deal=" + deal : ""}`, { headers: { Accept: "application/json" } }).catch(() => null);
      if (!answer?.ok || mine !== asked) return;
      const found = await answer.json();
      if (deal && found.length) return choose(found[0]);
      offered = typed;
      at = 0;
      options.replaceChildren(...found.map((f, i) => {
        const option = document.createElement("li");
        option.id = "q-deal-" + i;
        option.className = "nav-link";
        option.setAttribute("role", "option");
        const title = document.createElement("bdi"), account = document.createElement("span");
        title.textContent = f.title;
        account.className = "quiet";
        account.textContent = f.account + (f.open ? "" : " (ended)");
        option.append(title, account);
        option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(f); });
        option.found = f;
        return option;
      }));
      if (!found.length) {
        const none = document.createElement("li");
        none.className = "nav-section";
        none.textContent = "No deal that you see has these words.";
        options.append(none);
      }
      show(document.activeElement === box);
      if (found.length) mark();
    };
    box.addEventListener("input", () => {
      form.elements.deal.value = "";
      clearTimeout(waiting);
      waiting = setTimeout(() => form.offer(box.value), 90);
    });
    box.addEventListener("focus", () => { show(options.children.length > 0 && !form.elements.deal.value); });
    box.addEventListener("blur", () => show(false));
    box.addEventListener("keydown", async (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) { event.preventDefault(); show(true); at = Math.max(0, Math.min(options.children.length - 1, at + step)); mark(); }
      else if (event.key === "Enter") {
        event.preventDefault();
        clearTimeout(waiting);
        if (offered !== box.value) { // who types fast is waited for
          box.readOnly = true;
          await form.offer(box.value);
          box.readOnly = false;
        }
        if (options.children[at]?.found) choose(options.children[at].found);
      } else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); event.stopPropagation(); show(false); }
    });
    form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });
  }
  function wrong(form, text, ...more) {
    const place = form.querySelector("[data-problem]");
    const box = document.createElement("div"), words = document.createElement("p");
    box.className = "callout bad";
    words.append(text, ...more);
    box.append(words);
    place.replaceChildren(box);
    place.hidden = false;
    form.elements.text.dispatchEvent(new Event("input", { bubbles: true })); // keeps the draft: it did not arrive
  }
  async function send(form) {
    if (form.dataset.sending) return;
    if (!form.elements.deal.value) { wrong(form, "Choose the deal that it was about."); form.querySelector("[data-find]").focus(); return; }
    form.dataset.sending = "";
    const answer = await fetch(form.action, { method: "POST", headers: json, body: new URLSearchParams(new FormData(form)) }).catch(() => null);
    delete form.dataset.sending;
    if (!answer) return wrong(form, "The server did not answer. What you typed is kept; log it again in a moment.");
    if (answer.status === 401) {
      const link = document.createElement("a");
      Object.assign(link, { href: "/sign-in", target: "_blank", textContent: "Sign in in another tab" });
      return wrong(form, "You are not signed in any more. ", link, ", then log it here. What you typed is kept.");
    }
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) { form.elements.text.focus(); return wrong(form, said.problem || "That was not done. Try again in a moment."); }
    try { localStorage.removeItem("draft:quick-activity"); } catch { /* nothing was kept */ }
    dialog.close();
    dialog.remove();
    const undo = button("Undo", async () => {
      const back = await fetch(said.path + "/withdraw", { method: "POST", headers: json }).catch(() => null);
      notice(back?.ok ? "Taken back. It is not counted." : "It could not be taken back. Open it and try there.", back?.ok ? "good" : "bad");
      refresh();
    });
    notice("Logged.", "good", undo);
    undo.focus({ preventScroll: true });
    refresh();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const types = event.target.closest?.("[data-type-keys]");
    if (types) {
      const text = types.closest("form").elements.text;
      const chosen = types.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
      if (chosen) { event.preventDefault(); chosen.checked = true; text.focus(); }
      else if (event.key === "Enter") { event.preventDefault(); text.focus(); }
      return;
    }
    if (event.key === "Enter" && !event.shiftKey && event.target.matches?.("form[data-quick] textarea")) {
      event.preventDefault();
      event.target.form.requestSubmit();
    } else if (event.key === "a" && !typing(event.target) && !document.querySelector("dialog[open]") && may()) {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-log]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link.dataset.log);
  });

  // The page that answers takes the place of this one: what it says, it says once.
  function showPage(request) {
    const answer = new DOMParser().parseFromString(request.responseText, "text/html"), page = answer.querySelector("main");
    if (!page) return false;
    const said = answer.getElementById("notices");
    if (said && !page.contains(said)) document.getElementById("notices")?.replaceWith(said);
    document.querySelector("main").replaceWith(page);
    if (request.status < 400) history.replaceState(null, "", request.responseURL);
    window.htmx?.process(page);
    page.focus();
    return true;
  }

  // Uploads: what is too large is said before it is sent, and a bar shows the rest.
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-upload]");
    const file = form?.elements.file.files[0];
    const within = form?.closest("#activities-panel"); // or a page of its own
    if (!file || within && !panel()) return;
    event.preventDefault();
    if (file.size > Number(form.dataset.upload)) return notice("The file is larger than what is kept with a deal. Put it where your company keeps large files, and write the link into a note.", "bad");
    const bar = form.querySelector("[data-progress]"), request = new XMLHttpRequest();
    if (form.dataset.sending) return; // pressed twice
    form.dataset.sending = "";
    bar.hidden = false;
    request.upload.addEventListener("progress", (now) => {
      const share = Math.round(100 * now.loaded / now.total);
      bar.querySelector("progress").value = share;
      bar.querySelector(".quiet").textContent = share + " %";
    });
    request.addEventListener("load", () => {
      delete form.dataset.sending;
      if (within && (request.status < 400 || request.status === 422)) return showPanel(request.responseText);
      if (!within && showPage(request)) return;
      bar.hidden = true;
      notice("The file was not taken. Try again in a moment.", "bad");
    });
    request.addEventListener("error", () => { delete form.dataset.sending; bar.hidden = true; notice("The connection broke while the file was sent. Try again.", "bad"); });
    request.open("POST", form.action);
    if (within) for (const [name, value] of Object.entries(part)) request.setRequestHeader(name, value);
    request.send(new FormData(form));
  });
})();
