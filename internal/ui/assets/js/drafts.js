// What is typed into a form with data-draft="key" is kept in this browser until it
// is taken in, so that it survives a sign-in that ran out, a closed window, a lost
// network. It is given back with a notice, to the person who typed it and to nobody
// else. Esc in such a form follows its link with data-draft-leave.
(() => {
  const prefix = "draft:";
  const longest = 7 * 24 * 60 * 60 * 1000;
  const person = () => document.querySelector(".person-label")?.textContent ?? "";
  const formOf = (element) => element?.closest?.("form[data-draft]");

  function all() {
    const list = [];
    try {
      for (let i = 0; i < localStorage.length; i++) {
        const name = localStorage.key(i);
        if (!name.startsWith(prefix)) continue;
        try { list.push({ name, ...JSON.parse(localStorage.getItem(name)) }); }
        catch { localStorage.removeItem(name); }
      }
    } catch { /* storage may be forbidden; then nothing is kept */ }
    return list;
  }
  function keep(name, draft) {
    try { localStorage.setItem(name, JSON.stringify(draft)); } catch { /* full or forbidden */ }
  }
  function drop(name) {
    try { localStorage.removeItem(name); } catch { /* forbidden */ }
  }
  const nameOf = (form) => prefix + form.dataset.draft;
  const draftOf = (form) => all().find((d) => d.name === nameOf(form) && d.person === person());

  // Fields that a person fills in, and the version that they are an answer to, so
  // that what others changed since is noticed. Secrets and files are never kept.
  const skipped = ["hidden", "password", "file", "submit", "button"];
  function fields(form) {
    return [...form.elements].filter((e) => e.name && (!skipped.includes(e.type) || e.name === "version"));
  }
  const ticks = (e) => e.type === "checkbox" || e.type === "radio";
  function read(form) {
    return fields(form).map((e) => [e.name, ticks(e) ? e.checked : e.value]);
  }
  function changed(form) {
    return fields(form).some((e) => {
      if (ticks(e)) return e.checked !== e.defaultChecked;
      if (e.options) return [...e.options].some((o) => o.selected !== o.defaultSelected) && e.selectedIndex > 0;
      return e.value !== e.defaultValue;
    });
  }

  // The form says by data-draft-path where it is found again, unless it is the page.
  function remember(form, whatever) {
    if (!person() || form.dataset.draftDone !== undefined) return;
    if (!whatever && !changed(form)) return drop(nameOf(form));
    const path = form.dataset.draftPath ?? location.pathname + location.search;
    keep(nameOf(form), { person: person(), at: Date.now(), path, values: read(form) });
  }

  // A form that was left or taken in says nothing more, though its inputs may still
  // tell of a change while they go.
  function done(form) {
    form.dataset.draftDone = "";
    drop(nameOf(form));
  }

  function note(form, sentence) {
    const place = document.createElement("div");
    place.className = "callout info";
    place.setAttribute("role", "status");
    const text = document.createElement("p");
    text.textContent = sentence;
    const leave = document.createElement("button");
    leave.type = "button";
    leave.className = "button small";
    leave.textContent = "Throw it away";
    leave.addEventListener("click", () => { drop(nameOf(form)); form.reset(); place.remove(); });
    const inside = document.createElement("div");
    inside.append(text, leave);
    place.append(inside);
    form.prepend(place);
  }

  function restore(form) {
    if (form.dataset.draftRead !== undefined) return;
    form.dataset.draftRead = "";
    // A form that came back with a refusal holds what was typed already.
    if (form.querySelector(".callout, [aria-invalid]")) return remember(form, true);
    const draft = draftOf(form);
    if (!draft) return;
    const waiting = draft.values.slice();
    for (const e of fields(form)) {
      const i = waiting.findIndex(([name]) => name === e.name);
      if (i < 0) continue;
      const [[, value]] = waiting.splice(i, 1);
      if (ticks(e)) e.checked = value;
      else e.value = value;
    }
    if (!changed(form)) return drop(nameOf(form));
    note(form, "What you had typed here is back. It is not saved yet.");
  }

  // A sign-in that ran out: drafts that were sent did not arrive. Once signed in
  // again, one is offered where it was typed.
  function offerLost(lost) {
    const place = document.getElementById("notices");
    const draft = lost.find((d) => d.path !== location.pathname + location.search);
    if (!place || !draft || place.children.length > 0) return;
    const notice = document.createElement("div");
    notice.className = "notice info";
    notice.setAttribute("role", "status");
    const text = document.createElement("p");
    const link = document.createElement("a");
    link.href = draft.path;
    link.textContent = "Go back to it";
    text.append("You had typed something when your sign-in ran out. It is kept. ", link);
    notice.append(text);
    place.append(notice);
  }

  function settle() {
    const drafts = all();
    const signedIn = person() !== "";
    for (const d of drafts) {
      const { name, ...draft } = d;
      if (Date.now() - draft.at > longest) drop(name);
      else if (!signedIn && draft.sent) keep(name, { ...draft, sent: false, lost: true });
      else if (signedIn && draft.sent && draft.person === person()) drop(name); // it arrived
    }
    if (signedIn) offerLost(all().filter((d) => d.lost && d.person === person()));
  }

  document.addEventListener("input", (event) => {
    const form = formOf(event.target);
    if (form) remember(form);
  });
  document.addEventListener("change", (event) => {
    const form = formOf(event.target);
    if (form) remember(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") === "/sign-out") {
      for (const d of all()) drop(d.name);
      return;
    }
    const form = formOf(event.target);
    const draft = form && draftOf(form);
    // A form that a script sends is dropped by that script when it has arrived. Were it
    // called sent now, who leaves before the answer would lose what did not arrive.
    if (!draft || form.dataset.quick !== undefined) return;
    const { name, ...kept } = draft;
    keep(name, { ...kept, sent: true, lost: false });
  }, true);

  // By htmx nothing navigates: what the server took in is dropped here.
  document.addEventListener("htmx:after:request", (event) => {
    const form = formOf(event.detail?.ctx?.sourceElement ?? event.target);
    const status = event.detail?.ctx?.response?.status ?? 0;
    if (!form || event.detail.ctx.request?.method?.toUpperCase() !== "POST") return;
    if (status >= 200 && status < 400) done(form);
  });
  document.addEventListener("htmx:after:process", (event) => {
    const part = event.target;
    if (part.matches?.("form[data-draft]")) restore(part);
    part.querySelectorAll?.("form[data-draft]").forEach(restore);
    // The keyboard follows a form that takes the place of a value, and back.
    (part.matches?.("[data-focus]") ? part : part.querySelector?.("[data-focus]"))?.focus();
  });

  // A click on a value that is changed where it stands opens its form, unless it
  // follows a link or marks some of the text.
  document.addEventListener("click", (event) => {
    const line = event.target.closest?.(".line:has(> [data-edit])");
    if (line && !event.target.closest("a, button") && !String(getSelection())) line.querySelector("[data-edit]").click();
  });

  document.addEventListener("click", (event) => {
    const form = event.target.closest?.("[data-draft-leave], .form-foot a") && formOf(event.target);
    if (form) done(form);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    const leave = formOf(event.target)?.querySelector("[data-draft-leave]");
    if (!leave) return;
    event.preventDefault();
    leave.click();
  });

  function start() {
    settle();
    document.querySelectorAll("form[data-draft]").forEach(restore);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
