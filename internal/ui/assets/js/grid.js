// A grid of figures like a spreadsheet: arrows walk, Enter goes down, a pasted block
// fills from where one is. It makes better what is a form without it. The server
// reads what is typed, here and when it is saved, by the same rules; here are sums only.
(() => {
  const grid = document.querySelector("[data-grid]");
  if (!grid) return;
  const lines = [...grid.querySelectorAll("tr[data-person]")];
  const says = grid.querySelector("[data-grid-says]");
  const decimals = Number(grid.dataset.decimals);
  const cellOf = (line, part, at) => line.querySelector(`[data-part="${part}"][data-at="${at}"]`);
  const valueOf = (cell) => (!cell || cell.dataset.value === "" ? null : Number(cell.dataset.value));
  const say = (sentence, bad) => {
    says.textContent = sentence;
    says.classList.toggle("bad", Boolean(bad));
  };

  function format(minor) {
    const sign = minor < 0 ? "-" : "";
    const digits = String(Math.abs(minor)).padStart(decimals + 1, "0");
    const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
    const part = decimals ? digits.slice(-decimals).replace(/0+$/, "") : "";
    return sign + whole + (part ? "." + part.padEnd(2, "0") : "");
  }
  const plain = (minor) => (decimals < 3 ? format(minor) : format(minor).replaceAll(",", ""));
  function put(cell, value, text) {
    cell.dataset.value = value === null ? "" : String(value);
    if ("value" in cell) cell.value = text;
    else cell.textContent = text;
    cell.removeAttribute("aria-invalid");
    cell.removeAttribute("title");
  }
  const sum = (values) => (values.every((v) => v === null) ? null : values.reduce((a, v) => a + (v ?? 0), 0));
  const months = (line, from, until) =>
    Array.from({ length: until - from }, (_, i) => valueOf(cellOf(line, "m", from + i)));

  // A line's quarters and year follow its months.
  function addUp(line) {
    for (let q = 0; q < 4; q++) show(cellOf(line, "q", q), sum(months(line, 3 * q, 3 * q + 3)));
    show(cellOf(line, "y", 0), sum(months(line, 0, 12)));
    totals();
  }
  function show(cell, value) {
    put(cell, value, value === null ? "" : plain(value));
  }

  // What the team carries: a team's target where one is set, and otherwise its people.
  function totals() {
    const carried = Array(12).fill(null), target = Array(12).fill(null);
    for (const line of lines) {
      const own = line.dataset.scope === "own", floor = JSON.parse(line.dataset.floor);
      const team = lines.find((l) => l.dataset.person === line.dataset.person && l.dataset.scope === "team");
      for (let m = 0; m < 12; m++) {
        const value = valueOf(cellOf(line, "m", m));
        if ("head" in line.dataset) {
          if (own) carried[m] = add(carried[m], value);
          else target[m] = value;
        } else if (!own) {
          carried[m] = add(carried[m], value ?? (floor[m] || null));
        } else if (!team || valueOf(cellOf(team, "m", m)) === null) {
          carried[m] = add(carried[m], value);
        }
      }
    }
    write("carried", carried, (v) => (v === null ? "" : format(v)));
    write("difference", carried.map((v, m) => (v === null || target[m] === null ? null : v - target[m])),
      (v) => (v === null ? "" : (v > 0 ? "+" : "") + format(v)));
  }
  const add = (a, b) => (a === null && b === null ? null : (a ?? 0) + (b ?? 0));
  function write(kind, values, text) {
    const cells = grid.querySelectorAll(`[data-sums="${kind}"] td`);
    if (!cells.length) return;
    cells[0].textContent = text(sum(values));
    for (let q = 0; q < 4; q++) {
      cells[1 + 4 * q].textContent = text(sum(values.slice(3 * q, 3 * q + 3)));
      for (let m = 0; m < 3; m++) cells[2 + 4 * q + m].textContent = text(values[3 * q + m]);
    }
  }

  async function read(text, over) {
    const form = new URLSearchParams({ text, over: over || "" });
    for (const name of ["of", "year", "in", "spread"]) form.set(name, grid.elements[name].value);
    const answer = await fetch("/targets/read", { method: "POST", body: form, headers: { Accept: "application/json" } });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.problem || "This could not be read.");
    return body;
  }

  const unread = new Set();
  async function typed(cell) {
    const line = cell.closest("tr"), { part, at } = cell.dataset, text = cell.value;
    unread.add(cell);
    try {
      const answer = await read(text, part === "m" ? "" : part === "q" ? "q" + at : "y");
      if (cell.value !== text) return; // typed on meanwhile
      if (part === "m") put(cell, answer.rows[0][0].value, answer.rows[0][0].text);
      else answer.rows[0].forEach((v, i) => put(cellOf(line, "m", (part === "q" ? 3 * at : 0) + i), v.value, v.text));
      addUp(line);
      say(answer.says || "");
    } catch (wrong) {
      cell.setAttribute("aria-invalid", "true");
      const sentence = wrong.message.replace(/^Row 1, column 1: /, cell.getAttribute("aria-label") + ": ");
      cell.title = sentence;
      say(sentence, true);
    } finally {
      unread.delete(cell);
    }
  }

  // A block goes into cells of the kind that it begins in, all of it or nothing.
  async function paste(cell, text) {
    const { part, at } = cell.dataset;
    try {
      const { rows } = await read(text.replace(/[\r\n]+$/, ""));
      const settable = lines.filter((l) => l.querySelector("input"));
      const first = settable.indexOf(cell.closest("tr")), width = { y: 1, q: 4, m: 12 }[part] - at;
      if (rows[0].length > width) return say(`The block has ${rows[0].length} columns, and ${width} are left from here. Nothing was pasted.`, true);
      if (rows.length > settable.length - first) return say(`The block has ${rows.length} rows, and ${settable.length - first} are left from here. Nothing was pasted.`, true);
      rows.forEach((row, r) => row.forEach((v, c) => {
        const to = cellOf(settable[first + r], part, Number(at) + c);
        put(to, v.value, v.text);
        if (part !== "m") typed(to);
      }));
      if (part === "m") rows.forEach((_, r) => addUp(settable[first + r]));
      say(`Pasted ${rows.length} by ${rows[0].length}. Nothing is saved yet.`);
    } catch (wrong) {
      say(wrong.message + " Nothing was pasted.", true);
    }
  }

  function walk(cell, down, across) {
    const row = [...cell.closest("tr").querySelectorAll("input.cell")];
    if (across) return row[row.indexOf(cell) + across];
    let line = cell.closest("tr");
    do line = down > 0 ? line.nextElementSibling : line.previousElementSibling;
    while (line && !line.querySelector("input.cell"));
    return line && cellOf(line, cell.dataset.part, cell.dataset.at);
  }

  grid.addEventListener("focusin", (event) => event.target.matches("input.cell") && event.target.select());
  grid.addEventListener("change", (event) => event.target.matches("input.cell") && typed(event.target));
  grid.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (!event.target.matches("input.cell") || !/[\t\n\r]/.test(text.trim())) return;
    event.preventDefault();
    paste(event.target, text);
  });
  grid.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.matches("input.cell") || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey && event.key !== "Enter") return;
    const all = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    const move = {
      ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0],
      ArrowLeft: (all || cell.selectionEnd === 0) && [0, -1],
      ArrowRight: (all || cell.selectionStart === cell.value.length) && [0, 1],
    }[event.key];
    if (event.key === "Escape") {
      cell.value = cell.defaultValue;
      typed(cell);
    }
    if (!move) return;
    event.preventDefault();
    const to = walk(cell, ...move);
    if (to) to.focus();
    else cell.blur(); // at the edge: what was typed is read, as when one walks on
  });
})();
