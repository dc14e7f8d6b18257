// Finding things as one types, the command palette, and keys of one letter. The search
// box works without this file; everything the palette offers is a link elsewhere too.
//
// A page says which keys it has by data-keys="m: Move to another stage; x: Choose" on
// any element; a part that takes keys of its own while it has the focus says
// data-own-keys. Keys of one letter are off while somebody types, and off altogether
// for whoever switches them off.
(() => {
  const palette = document.getElementById("palette");
  if (!palette) return;
  const keysDialog = document.getElementById("keys");
  const path = palette.dataset.path;
  const part = { "HX-Request": "true", Accept: "text/html" };
  const person = () => document.querySelector(".person-label")?.textContent ?? "";
  const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* it holds for this page */ } };

  // What there is to do: the lines of the navigation, and the commands of the page.
  const deal = location.pathname.match(/^\/deals\/([0-9a-f-]{36})(\/|$)/)?.[1];
  const given = JSON.parse(document.getElementById("palette-commands").textContent) ?? [];
  const commands = [];
  for (const link of document.querySelectorAll("#navigation > .nav a, #navigation .menu-body a")) {
    const own = link.getAttribute("href");
    commands.push({ label: link.querySelector("span").textContent, path: own, keys: given.find((c) => !c.label && c.path === own)?.keys,
      icon: link.querySelector("use")?.getAttribute("href").split("#")[1], go: true });
  }
  for (const button of document.querySelectorAll("#navigation .menu-body button")) { // the colours, signing out
    const group = button.closest("[role=group]")?.getAttribute("aria-label"), name = button.textContent.trim();
    commands.push({ label: group ? group + ": " + name.toLowerCase() : name, path: "#" + name, run: () => button.click(), go: true,
      icon: button.querySelector("use")?.getAttribute("href").split("#")[1] });
  }
  for (const c of given) {
    if (!c.label || (c.path.includes("{deal}") && !deal)) continue;
    commands.push({ ...c, path: c.path.replace("{deal}", deal), ofDeal: c.path.includes("{deal}") });
  }
  commands.push({ label: "Keys of this page", icon: "help-circle", keys: "?", run: showKeys, path: "#keys" });

  // Commands that were used come first next time; what was found is not remembered.
  const recentName = () => "palette:" + person();
  const recent = () => { try { return JSON.parse(kept(recentName())) ?? []; } catch { return []; } };
  function used(c) {
    const name = c.ofDeal ? c.label : c.path;
    keep(recentName(), JSON.stringify([name, ...recent().filter((n) => n !== name)].slice(0, 8)));
  }
  const rank = (c) => { const i = recent().indexOf(c.ofDeal ? c.label : c.path); return i < 0 ? 99 : i; };

  // How well letters fit a name: all of them in their order; together, and where words
  // begin, is better.
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/g, " ");
  const letters = (text) => plain(text).replaceAll(" ", "");
  function fit(name, typed) {
    let at = -1, score = 0;
    name = " " + plain(name);
    for (const letter of letters(typed)) {
      const here = name.replaceAll(" ", "\0").indexOf(letter, at + 1);
      const word = name.indexOf(" " + letter, at + 1) + 1;
      const next = here === at + 1 && at >= 0 ? here : word || here;
      if (next < 0) return 0;
      score += next === at + 1 ? 3 : next === word ? 2 : 0.2;
      at = next;
    }
    return score / (1 + name.length / 40);
  }
  function fitting(typed) {
    if (!typed) return [...commands].sort((a, b) => rank(a) - rank(b) || Boolean(b.ofDeal) - Boolean(a.ofDeal) || Boolean(a.go) - Boolean(b.go));
    return commands.map((c) => [fit(c.label, typed), c]).filter(([score]) => score >= 0.6 * letters(typed).length)
      .sort((a, b) => b[0] - a[0] || rank(a[1]) - rank(b[1])).slice(0, 6).map(([, c]) => c);
  }

  // A command is followed as a link, so that a script that knows such links may answer.
  function run(c) {
    used(c);
    if (c.run) return c.run();
    const link = document.createElement("a");
    link.href = c.path;
    link.hidden = true;
    if (c.mark) link.setAttribute("data-" + c.mark, "");
    document.body.append(link);
    link.click();
    link.remove();
  }

  const made = (tag, className, ...content) => {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...content);
    return element;
  };
  function icon(name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", palette.dataset.icons + "#" + (name || "point"));
    svg.append(use);
    return svg;
  }
  const caps = (keys) => keys.split(" ").flatMap((k, i) => [i ? " " : "", made("kbd", "", k)]);
  function rowOf(c) {
    const row = made("a", "found-row", icon(c.icon), made("span", "found-words", made("span", "found-name", c.label)));
    row.href = c.path;
    row.tabIndex = -1;
    row.setAttribute("role", "option");
    if (c.keys) { const keys = made("span", "found-keys", ...caps(c.keys)); keys.setAttribute("aria-hidden", "true"); row.append(keys); }
    row.command = c;
    return row;
  }
  function groupOf(label, rows) {
    const group = made("div", "", made("div", "suggest-head", label), ...rows);
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", label);
    group.firstChild.setAttribute("aria-hidden", "true");
    return group;
  }

  // A box with a list under it: type, walk, Enter, Esc; the count is said.
  function combo(box, list, said, settings) {
    let at = -1, walked = false, waiting, asking, shown = 0;
    const options = () => [...list.querySelectorAll("[role=option]")];
    function mark(to, scroll) {
      const all = options();
      at = all.length ? Math.max(settings.first, Math.min(all.length - 1, to)) : -1;
      all.forEach((o, i) => {
        o.id = list.id + "-" + i;
        o.setAttribute("aria-selected", String(i === at));
      });
      if (at >= 0) { box.setAttribute("aria-activedescendant", all[at].id); if (scroll) all[at].scrollIntoView({ block: "nearest" }); }
      else box.removeAttribute("aria-activedescendant");
    }
    function show(local, html) {
      const fetched = document.createElement("template");
      fetched.innerHTML = html;
      const answer = fetched.content.firstElementChild;
      list.replaceChildren(...local.slice(0, 1), ...(answer?.children ?? []), ...local.slice(1));
      mark(walked ? at : settings.first, false); // what comes late takes nobody's place away
      settings.open?.(list.childElementCount > 0);
      clearTimeout(shown); // said once the typing rests, or it would never end
      shown = setTimeout(() => {
        const does = local.reduce((n, g) => n + g.querySelectorAll("[role=option]").length, 0);
        said.textContent = [box.value && does ? `${does} ${does === 1 ? "command" : "commands"}` : "", answer?.dataset.said ?? ""].filter(Boolean).join(", ");
      }, 500);
    }
    async function ask() {
      asking?.abort();
      asking = new AbortController();
      const typed = box.value.trim(), local = settings.local?.(typed) ?? [];
      try {
        const answer = await fetch(`${path}/suggest?q=${encodeURIComponent(typed)}`, { headers: part, signal: asking.signal });
        if (!answer.ok) throw new Error(answer.status);
        const html = await answer.text();
        show(local, html);
      } catch (error) {
        if (error.name === "AbortError") return; // something else was typed meanwhile
        show(local, "");
        clearTimeout(shown);
        said.textContent = "Search did not answer. Try again in a moment.";
      }
    }
    box.addEventListener("input", () => {
      walked = false;
      clearTimeout(waiting);
      asking?.abort();
      if (settings.local) show(settings.local(box.value.trim()), "");
      if (!/[\p{L}\p{N}\p{So}]/u.test(box.value) && !settings.local) return settings.open?.(false); // nothing to look for
      waiting = setTimeout(ask, 120);
    });
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
      if (step && options().length) { event.preventDefault(); settings.open?.(true); walked = true; mark(at + step, true); }
      else if (event.key === "Enter" && at >= 0 && settings.isOpen()) { event.preventDefault(); choose(options()[at], event); }
      else if (event.key === "Escape" && settings.isOpen() && settings.first < 0) { event.preventDefault(); event.stopPropagation(); settings.open(false); mark(-1); }
    });
    function choose(option, event) {
      settings.done?.();
      if (option.command) return run(option.command);
      if (event.ctrlKey || event.metaKey) return window.open(option.href);
      location.assign(option.href);
    }
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      choose(option, event);
    });
    return { ask, show: (...what) => { walked = false; show(...what); } };
  }

  // Before anything is typed: what was used, and what there is to do; then what the
  // server knows, the latest deals; then the ways to everywhere.
  function offered(typed) {
    const all = fitting(typed);
    const groups = typed ? [["Go and do", all]] :
      [["Do", all.filter((c) => !c.go || rank(c) < 99)], ["Go to", all.filter((c) => c.go && rank(c) === 99)]];
    return groups.filter(([, list]) => list.length).map(([label, list]) => groupOf(label, list.map(rowOf)));
  }

  // The palette.
  const input = document.getElementById("palette-input");
  const inPalette = combo(input, document.getElementById("palette-list"), document.getElementById("palette-said"), {
    first: 0, isOpen: () => true, done: () => palette.close(),
    local: offered,
  });
  let cameFrom;
  function openPalette() {
    if (document.querySelector("dialog[open]")) return;
    document.getElementById("navigation")?.matches(":popover-open") && document.getElementById("navigation").hidePopover();
    cameFrom = document.activeElement;
    input.value = "";
    palette.showModal();
    inPalette.show(offered(""), "");
    inPalette.ask();
    input.focus();
  }
  palette.addEventListener("close", () => { if (cameFrom?.isConnected && !keysDialog.open) cameFrom.focus?.({ preventScroll: true }); });

  // The search box in the frame.
  for (const box of document.querySelectorAll("[data-search]")) {
    const form = box.form, list = made("div", "suggest"), said = made("p", "unseen");
    list.id = "suggest-list";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "What was found");
    said.setAttribute("role", "status");
    form.append(list, said);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) box.setAttribute(name, value);
    const open = (is) => {
      is &&= document.activeElement === box;
      list.hidden = !is;
      form.closest(".side")?.classList.toggle("searching", is); // which else cuts off what reaches beyond it
      box.setAttribute("aria-expanded", String(is));
    };
    combo(box, list, said, { first: -1, isOpen: () => !list.hidden, open });
    box.addEventListener("blur", () => open(false));
    box.addEventListener("focus", () => { if (box.value.trim() && list.childElementCount) open(true); });
  }

  // The keys.
  const single = () => kept("keys") !== "off";
  const box = document.getElementById("single-keys");
  box.checked = single();
  box.addEventListener("change", () => keep("keys", box.checked ? "on" : "off"));
  const cmd = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘ K" : "Ctrl K";
  for (const hint of document.querySelectorAll(".search-hint kbd")) hint.textContent = cmd;
  function showKeys() {
    const lines = (list) => made("dl", "", ...list.map(([keys, what]) => made("div", "", made("dt", "", what), made("dd", "", ...caps(keys)))));
    const section = (title, list) => { const s = made("section", "", made("h3", "", title)); s.append(lines(list)); return s; };
    const ofPage = [...document.querySelectorAll("[data-keys]")].flatMap((e) => e.dataset.keys.split(";")).map((k) => k.split(":").map((t) => t.trim())).filter((k) => k[1]);
    const everywhere = [[cmd, "Find something, do something"], ["/", "Search"], ["?", "Show the keys"], ["Esc", "Close what is open"]];
    const jumps = commands.filter((c) => c.keys && c.keys !== "?").map((c) => [c.keys, c.label]);
    const unique = [...new Map(ofPage.map((k) => [k.join(), k])).values()];
    keysDialog.querySelector("[data-keys-list]").replaceChildren(...(unique.length ? [section("On this page", unique)] : []), section("Everywhere", everywhere), section("Go and do", jumps));
    box.checked = single();
    palette.open && palette.close();
    keysDialog.tabIndex = -1;
    keysDialog.showModal();
    keysDialog.focus(); // so that it is read from its title on
  }

  const typing = (target) => target.closest?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]");
  const own = "[data-own-keys], [data-type-keys], [role=listbox], [role=menu], [role=grid], [role=tree], [role=application]";
  const bound = new Map(commands.filter((c) => c.keys).map((c) => [c.keys, c]));
  let begun = "", forget;
  function onKey(event) {
    if (event.isComposing) return;
    const modified = event.ctrlKey || event.metaKey;
    if (modified && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return palette.open ? palette.close() : openPalette();
    }
    if (modified || event.altKey || event.key.length !== 1 || event.key === " ") return;
    const target = event.target.nodeType === 1 ? event.target : document.body;
    if (typing(target) || target.closest(own) || document.querySelector("dialog[open]")) { begun = ""; return; }
    const stop = () => { event.preventDefault(); event.stopImmediatePropagation(); };
    if (!single()) return event.stopImmediatePropagation();
    const keys = begun ? begun + " " + event.key : event.key, before = begun;
    begun = "";
    clearTimeout(forget);
    if (bound.has(keys)) { stop(); return run(bound.get(keys)); }
    if ([...bound.keys()].some((k) => k.startsWith(keys + " "))) {
      stop();
      begun = keys;
      forget = setTimeout(() => { begun = ""; }, 2000);
    } else if (before) stop();
    else if (event.key === "/" && !document.querySelector("[data-search]")?.checkVisibility()) { stop(); openPalette(); }
  }
  window.addEventListener("keydown", onKey, true); // before the keys of any page
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette]")) openPalette();
    if (event.target.closest("[data-show-keys]")) showKeys();
  });
})();
