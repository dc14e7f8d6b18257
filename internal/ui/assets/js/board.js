// The board: cards are moved by the mouse, a finger, a menu or keys, and what others
// move shows as it happens. Without this file every card has its Move form.
(() => {
  const board = document.querySelector("[data-board]");
  if (!board) return;
  const says = document.querySelector("[data-says]"), heard = document.querySelector("[data-heard]");
  const dialog = document.getElementById("board-move");
  const query = board.dataset.query;
  const address = (path, more) => path + (query || more ? "?" + [query, more].filter(Boolean).join("&") : "");
  const columns = () => [...board.querySelectorAll(".board-column")];
  const listOf = (stage) => board.querySelector(`[data-cards="${CSS.escape(stage)}"]`);
  const nameOf = (stage) => listOf(stage)?.getAttribute("aria-label") || stage;
  const titleOf = (card) => card.querySelector(".board-title");
  const cardOf = (element) => element?.closest?.("[data-deal]");
  const stageOf = (card) => card.closest("[data-stage]").dataset.stage;

  // What happened is written where it is seen, and spoken; with a way back.
  function say(sentence, ...more) {
    const text = document.createElement("p");
    text.textContent = sentence;
    const close = button("Close", () => says.replaceChildren());
    says.replaceChildren(text, ...more, close);
  }
  function button(label, work) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button small";
    made.textContent = label;
    made.addEventListener("click", work);
    return made;
  }
  const anew = () => button("Show the board anew", () => location.reload());

  // Tab stops at one card; arrows walk from there.
  let current = null;
  function settle(card) {
    for (const link of board.querySelectorAll(".board-card a")) link.tabIndex = -1;
    current = card?.isConnected ? card : board.querySelector("details[open] .board-card");
    for (const link of current?.querySelectorAll("a") ?? []) link.tabIndex = 0;
  }
  function attend(card) {
    if (!card.checkVisibility()) return card.closest("details")?.querySelector("summary").focus();
    titleOf(card).focus();
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  board.addEventListener("focusin", (event) => {
    const card = cardOf(event.target);
    if (!card || card === current) return;
    for (const link of current?.querySelectorAll("a") ?? []) link.tabIndex = -1;
    for (const link of card.querySelectorAll("a")) link.tabIndex = 0;
    current = card;
  });

  // Updates wait while a card is held or on its way.
  let held = 0;
  const waiting = [];
  const hold = () => { held++; };
  function release() {
    held = Math.max(0, held - 1);
    while (!held && waiting.length) apply(waiting.shift(), false);
  }

  // apply takes in cards and figures as the server now has them.
  function apply(html, own) {
    const part = document.createElement("template");
    part.innerHTML = html;
    let unknown = false;
    for (const figures of part.content.querySelectorAll("[data-figures]")) {
      const place = board.querySelector(`[data-figures="${CSS.escape(figures.dataset.figures)}"]`);
      if (place) place.replaceWith(figures);
      else unknown = true;
    }
    for (const place of part.content.querySelectorAll("[data-at]")) unknown = !put(place.firstElementChild, place.dataset.at, own) || unknown;
    for (const gone of part.content.querySelectorAll("[data-gone]")) remove(gone.dataset.gone);
    if (unknown) say("There is a stage that is new to this board.", anew());
  }
  function put(card, stage, own) {
    const list = listOf(stage), old = document.getElementById(card.id);
    if (!list) return old?.remove(), false;
    if (old && old.closest("[data-cards]") === list && Number(old.dataset.version) >= Number(card.dataset.version)) return true;
    if (old && Number(old.dataset.version) > Number(card.dataset.version)) return true; // it is later here
    const focused = old?.contains(document.activeElement), stays = old && old.closest("[data-cards]") === list;
    if (stays) old.replaceWith(card);
    else {
      old?.remove();
      list.prepend(card);
    }
    if (!own) {
      card.classList.add("arrived");
      if (!stays) heard.textContent = `${card.dataset.name} is now at ${nameOf(stage)}.`;
    }
    if (current === old || !current?.isConnected) settle(card);
    else for (const link of card.querySelectorAll("a")) link.tabIndex = -1;
    if (focused) attend(card);
    return true;
  }
  function remove(id) {
    const card = document.getElementById("card-" + id);
    if (!card) return;
    heard.textContent = `${card.dataset.name} is not on this board any more.`;
    const next = card.nextElementSibling?.dataset.deal ? card.nextElementSibling : card.previousElementSibling;
    const focused = card.contains(document.activeElement);
    card.remove();
    settle(next);
    if (focused && current) attend(current);
  }

  // send moves a deal; back puts the card where it was if that is refused. Undoes is
  // the move that this one takes back, if it does.
  async function send(id, stage, version, back, undoes = 0) {
    hold();
    const card = document.getElementById("card-" + id);
    card?.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address(`/board/deals/${id}/move`), {
        method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams({ stage, version, undoes }) });
      const body = await answer.json();
      if (!answer.ok) back();
      if (body.html) apply(body.html, true);
      const undo = body.undo && button("Undo", () => move(document.getElementById("card-" + id), body.undo.stage, body.undo.version, body.undo.version));
      say(body.said || body.problem, ...(undo ? [undo] : []));
    } catch {
      back();
      say("The server did not answer. The deal stays where it was; try again in a moment.");
    }
    document.getElementById("card-" + id)?.removeAttribute("aria-busy");
    release();
  }

  // move brings a card to another column, by the menu or by undoing.
  function move(card, stage, version, undoes) {
    const list = listOf(stage);
    if (!card || !list || card.parentElement === list) return;
    const place = card.parentElement, after = card.nextElementSibling, focused = card.contains(document.activeElement);
    list.prepend(card);
    if (focused || document.activeElement === document.body || document.activeElement?.closest("[data-says]")) attend(card);
    send(card.dataset.deal, stage, version ?? card.dataset.version, () => {
      place.insertBefore(card, after?.parentElement === place ? after : null);
      if (card.isConnected) attend(card);
    }, undoes);
  }

  // The menu: the stages, each a button.
  function ask(card) {
    if ("led" in card.dataset) return say(board.dataset.led);
    const choices = dialog.querySelector("[data-move-choices]"), here = stageOf(card), version = card.dataset.version;
    dialog.querySelector("[data-move-name]").textContent = card.dataset.name;
    dialog.querySelector("[data-move-close]").href = `/deals/${card.dataset.deal}/close`;
    choices.replaceChildren(...columns().filter((c) => c.dataset.stage).map((c) => {
      const choice = button(nameOf(c.dataset.stage), () => {
        dialog.close();
        move(document.getElementById(card.id), c.dataset.stage, version);
      });
      if (c.dataset.stage === here) {
        choice.setAttribute("aria-current", "true");
        choice.disabled = true;
      }
      return choice;
    }));
    dialog.showModal();
    // The next stage is what is meant most often.
    const all = [...choices.children], at = all.findIndex((c) => c.disabled);
    (all[at + 1] ?? all.find((c) => !c.disabled))?.focus();
    dialog.onclose = () => {
      const back = document.getElementById(card.id);
      if (back && document.activeElement === document.body) attend(back);
    };
  }
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...dialog.querySelectorAll("[data-move-choices] button:enabled")];
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
  });
  board.addEventListener("click", (event) => {
    const link = event.target.closest("[data-move]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(cardOf(link));
  });

  // Keys: arrows walk from card to card, m moves, Enter opens as on any link.
  board.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const card = cardOf(event.target), column = event.target.closest(".board-column");
    if (!column) return;
    if (event.key === "m" && card) {
      event.preventDefault();
      return ask(card);
    }
    const to = walk(column, card, event.key);
    if (!to) return;
    event.preventDefault();
    if (to.matches("summary")) to.focus();
    else attend(to);
  });
  function walk(column, card, key) {
    const stops = (c) => [c.querySelector("summary"), ...(c.open ? c.querySelectorAll(".board-card") : [])];
    const here = stops(column), at = card ? here.indexOf(card) : 0;
    if (key === "ArrowDown") return here[at + 1] ?? column.querySelector(".board-more a");
    if (key === "ArrowUp") return here[at - 1];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (!step) return;
    const all = columns(), rtl = getComputedStyle(board).direction === "rtl";
    const next = all[all.indexOf(column) + (rtl ? -step : step)];
    return next && stops(next)[Math.min(at, stops(next).length - 1)];
  }

  // The mouse, and a finger that rests on a card for a moment.
  let start = null;
  for (const list of board.querySelectorAll("[data-cards]")) {
    window.Sortable?.create(list, {
      group: { name: "board", put: Boolean(list.dataset.cards) }, draggable: ".board-card", sort: false, forceFallback: true, fallbackOnBody: true, fallbackTolerance: 4,
      delay: 180, delayOnTouchOnly: true, touchStartThreshold: 4, animation: 0, scrollSensitivity: 60, ghostClass: "board-place", dragClass: "board-held",
      onStart(event) {
        hold();
        start = { after: event.item.nextElementSibling, version: event.item.dataset.version };
      },
      onEnd({ item, from, to }) {
        const { after, version } = start;
        if (from !== to) {
          send(item.dataset.deal, to.dataset.cards, version, () => from.insertBefore(item, after?.parentElement === from ? after : null));
        }
        release();
      },
    });
  }

  // Folded columns are remembered in this browser; the server draws them so.
  board.addEventListener("toggle", () => {
    const folded = columns().filter((c) => !c.open).map((c) => c.dataset.stage);
    const value = encodeURIComponent(JSON.stringify(folded));
    if (value.length < 3000) document.cookie = `board_collapsed=${value}; path=/board; max-age=31536000; samesite=lax`;
    if (!current?.checkVisibility()) settle(null);
  }, true);

  document.addEventListener("htmx:after:swap", () => {
    const seen = new Set(); // a card that came by an update is not shown twice
    for (const card of board.querySelectorAll(".board-card")) {
      if (seen.has(card.id)) card.remove();
      seen.add(card.id);
    }
    const next = board.querySelector(".board-card a[tabindex='0']") ? current : null;
    settle(next);
  });

  // What others move. A window that nobody looks at stops listening after a while, and
  // catches up when it is looked at again.
  let since = board.dataset.since, source = null, over = false, hiding = 0;
  function listen() {
    if (source || over) return;
    source = new EventSource(address("/board/live", "since=" + since));
    source.onopen = () => { board.dataset.live = ""; };
    source.addEventListener("cards", (event) => {
      since = event.lastEventId || since;
      if (held) waiting.push(event.data);
      else apply(event.data, false);
    });
    source.addEventListener("stale", (event) => {
      since = event.lastEventId || since;
      say(event.data, anew());
    });
    source.addEventListener("end", (event) => {
      over = true;
      rest();
      say(event.data, anew());
    });
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED) return; // it comes back by itself
      rest();
      setTimeout(listen, 30_000);
    };
  }
  function rest() {
    source?.close();
    source = null;
    delete board.dataset.live;
  }
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(rest, 60_000);
    else listen();
  });
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", (event) => event.persisted && listen());

  settle(null);
  listen();
})();
