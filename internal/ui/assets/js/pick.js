// Selecting rows of a list: one tick takes a page, Shift takes a stretch, and what is
// selected is counted. Without this file the ticks alone do.
(() => {
  const form = document.getElementById("bulk");
  if (!form) return;
  const boxes = [...document.querySelectorAll('input[type="checkbox"][form="bulk"]')];
  const all = form.querySelector("[data-pick-all]"), says = form.querySelector("[data-picked]");
  let last;

  function tell() {
    const n = boxes.filter((b) => b.checked).length;
    all.checked = n === boxes.length;
    all.indeterminate = n > 0 && n < boxes.length;
    says.textContent = n === 0 ? "" : n === 1 ? "1 selected" : `${n} selected`;
  }
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    tell();
  });
  document.addEventListener("click", (event) => {
    const at = boxes.indexOf(event.target);
    if (at < 0) return;
    if (event.shiftKey && last !== undefined) {
      for (let i = Math.min(at, last); i <= Math.max(at, last); i++) boxes[i].checked = event.target.checked;
    }
    last = at;
    tell();
  });
  // Shift with an arrow goes on selecting from the row that one is at.
  document.addEventListener("keydown", (event) => {
    const at = boxes.indexOf(event.target), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (at < 0 || !step || !boxes[at + step]) return;
    event.preventDefault();
    boxes[at + step].focus();
    if (event.shiftKey) boxes[at].checked = boxes[at + step].checked = true;
    last = at + step;
    tell();
  });
  tell();
})();
