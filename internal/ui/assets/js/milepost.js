// What pages do beyond links and forms. Everything here makes better what already
// works without it; nothing is written into a style or a script of the page.
(() => {
  const root = document.documentElement;

  // Colours: light, dark, or as the system has them.
  const chosenTheme = () => root.dataset.bsTheme || "auto";
  function showTheme() {
    for (const button of document.querySelectorAll("[data-theme]")) {
      button.setAttribute("aria-pressed", String(button.dataset.theme === chosenTheme()));
    }
  }
  function chooseTheme(theme) {
    if (theme === "auto") delete root.dataset.bsTheme;
    else root.dataset.bsTheme = theme;
    try {
      if (theme === "auto") localStorage.removeItem("theme");
      else localStorage.setItem("theme", theme);
    } catch { /* it holds for this page only */ }
    showTheme();
    document.dispatchEvent(new Event("milepost:theme"));
  }
  matchMedia("(prefers-color-scheme: dark)")
    .addEventListener("change", () => document.dispatchEvent(new Event("milepost:theme")));

  // Menus close when something else is clicked or focused, and on Esc.
  function closeMenus(except) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(except)) menu.open = false;
    }
  }
  document.addEventListener("focusin", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // Dialogs, for browsers that do not know the command attribute yet.
  const knowsCommands = "commandForElement" in HTMLButtonElement.prototype;
  function runCommand(button) {
    const dialog = document.getElementById(button.getAttribute("commandfor"));
    if (button.getAttribute("command") === "show-modal") dialog?.showModal();
    else dialog?.close();
  }

  document.addEventListener("click", (event) => {
    closeMenus(event.target);
    const theme = event.target.closest("[data-theme]");
    if (theme) chooseTheme(theme.dataset.theme);
    const command = event.target.closest("button[commandfor]");
    if (command && !knowsCommands) runCommand(command);
    if (event.target.matches("dialog")) event.target.close(); // the backdrop
  });

  // "/" goes to the search box, unless something is being typed.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = document.querySelector("[data-search]");
    if (!box || !box.checkVisibility()) return;
    event.preventDefault();
    box.focus();
  });

  // A refused form is read from its problem on.
  function attend(part) {
    part.querySelector("[data-form-problem], [data-attend]")?.focus();
  }

  // Charts bring their own scripts, and only pages with charts fetch them.
  const loading = new Map();
  function load(address) {
    if (!loading.has(address)) {
      loading.set(address, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = done;
        script.onerror = failed;
        document.head.append(script);
      }));
    }
    return loading.get(address);
  }
  async function drawCharts(part) {
    for (const place of part.querySelectorAll("[data-chart]:not([data-drawn])")) {
      place.dataset.drawn = "";
      try {
        await load(place.dataset.engine);
        await load(place.dataset.drawing);
        window.milepostChart(place);
      } catch {
        place.textContent = "The chart could not be drawn. Its figures are in the table below.";
      }
    }
  }

  // What is there to be handed on gets a button that copies it. Without a clipboard
  // (the page did not come by https) the old way of copying does.
  async function copy(field, button) {
    field.focus();
    field.select();
    let done = false;
    try {
      await navigator.clipboard.writeText(field.value);
      done = true;
    } catch {
      done = document.execCommand("copy");
    }
    if (done) button.focus();
    say(done ? "Copied." : "The browser does not let this page copy. It is selected: press Ctrl and C.", done ? "good" : "warn");
  }
  function offerCopies(part) {
    for (const field of part.querySelectorAll("input[data-copy]:not([data-offered])")) {
      field.dataset.offered = "";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button small copy";
      button.textContent = "Copy " + (field.labels[0]?.textContent.trim().toLowerCase() || "");
      button.addEventListener("click", () => copy(field, button));
      field.after(button);
    }
  }

  // A request that came to nothing is said, not swallowed.
  function say(sentence, tone = "bad") {
    const place = document.getElementById("notices");
    if (!place) return;
    const notice = document.createElement("div");
    notice.className = "notice " + tone;
    notice.setAttribute("role", "status");
    const text = document.createElement("p");
    text.textContent = sentence;
    notice.append(text);
    place.replaceChildren(notice);
  }
  document.addEventListener("htmx:error", () =>
    say("The server did not answer. Nothing you entered is lost; try again in a moment."));
  document.addEventListener("htmx:after:process", (event) => {
    drawCharts(event.target);
    offerCopies(event.target);
    attend(event.target);
  });

  function start() {
    showTheme();
    attend(document);
    drawCharts(document);
    offerCopies(document);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
