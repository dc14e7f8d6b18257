// Runs before the first paint, so that a page never flashes in the wrong colours.
// Without a choice the style sheet follows the system ("auto").
(() => {
  const root = document.documentElement;
  root.dataset.script = "on";
  try {
    const kept = localStorage.getItem("theme");
    if (kept === "light" || kept === "dark") root.dataset.bsTheme = kept;
  } catch { /* storage may be forbidden; auto is a good answer */ }
})();
