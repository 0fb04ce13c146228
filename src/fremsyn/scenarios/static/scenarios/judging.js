// Judging by keys, each judgement saved as it is given. The form does all of it without this file.
// What could not be sent waits here, survives a reload, and is sent when the network is back.

const form = document.getElementById("judging");
const status = document.getElementById("status");
const place = `fremsyn:judging:${location.pathname}`;
const SLOWEST = 30_000;
const UNDO = "undo";

const cells = [...form.querySelectorAll("[data-cell]")];
const grid = [...form.querySelectorAll(".judge tbody tr")].map((row) => [...row.querySelectorAll("[data-cell]")]);
const chosen = (cell) => cell.querySelector("input:checked") ?? cell.querySelector('input[value="0"]');
const reason = form.elements.reason;

let waiting = read();
let sending = false;
let delay = 1000;
let negative = false;

function read() {
  try {
    return new Map(JSON.parse(localStorage.getItem(place) ?? "[]"));
  } catch {
    return new Map();
  }
}

function keep() {
  try {
    if (waiting.size === 0) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify([...waiting].filter(([name]) => name !== UNDO)));
  } catch {
    // a browser that keeps nothing still sends
  }
}

function say(words, isWaiting = false) {
  status.textContent = words;
  status.toggleAttribute("data-waiting", isWaiting);
}

function mark() {
  for (const cell of cells) cell.toggleAttribute("data-unsaved", waiting.has(cell.dataset.cell));
}

// Put each part of the answer where the page has one of the same id.
function show(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  for (const part of answer.querySelectorAll("[id]")) {
    const old = document.getElementById(part.id);
    if (old === null || part.parentElement.closest("[id]") !== null) continue;
    if (part.matches("input")) old.value = part.value;
    else if (old.innerHTML !== part.innerHTML) swap(old, part);
  }
  for (const part of answer.querySelectorAll("[data-is]")) stand(part.dataset.is, part.value);
}

// Whoever stands on a link or a button in a part that changes goes on standing there, or in the grid when it is gone.
function swap(old, part) {
  const on = old.contains(document.activeElement) ? document.activeElement : null;
  const last = on === null ? null : [...old.querySelectorAll("a, button")].indexOf(on);
  old.replaceChildren(...part.childNodes);
  if (on !== null) (old.querySelectorAll("a, button")[last] ?? chosen(cells[0]))?.focus();
}

// What stands in the case, in each field where nothing waits to be sent or is being written.
function stand(name, value) {
  if (waiting.has(name)) return;
  if (name === "reason") {
    if (document.activeElement !== reason) reason.value = value;
    return;
  }
  const cell = cells.find((each) => each.dataset.cell === name);
  if (cell === undefined) return;
  cell.dataset.was = value;
  const was = chosen(cell);
  const now = cell.querySelector(`input[value="${value}"]`);
  if (now === null || now === was) return;
  now.checked = true;
  if (was === document.activeElement) now.focus();
}

function body(name, entry) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("since", form.elements.since.value);
  if (name === UNDO) {
    data.set("act", UNDO);
  } else if (name === "reason") {
    data.set("act", "reason");
    data.set("reason", entry.value);
  } else {
    data.set("act", "cell");
    data.set("cell", name);
    data.set("value", Number(entry.value));
    data.set("was", Number(entry.was));
  }
  return data;
}

async function send() {
  if (sending || waiting.size === 0) return;
  sending = true;
  const [name, entry] = waiting.entries().next().value;
  try {
    const reply = await fetch(location.pathname, {
      method: "POST", body: body(name, entry), headers: { "X-Fragment": "1" }, redirect: "error",
    });
    if (reply.status >= 500) throw new Error("later");
    if (waiting.get(name) === entry) waiting.delete(name);
    delay = 1000;
    await settled(reply, name, entry);
  } catch {
    say(`${form.dataset.saidWaiting} (${waiting.size})`, true);
    setTimeout(send, delay);
    delay = Math.min(2 * delay, SLOWEST);
  }
  keep();
  mark();
  sending = false;
  if (delay === 1000 && waiting.size > 0) send();
}

async function settled(reply, name, entry) {
  const words = await reply.text();
  if (reply.ok) {
    show(words);
    const done = name === UNDO ? form.dataset.saidUndone : form.dataset.saidSaved;
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    say(waiting.size === 0 ? `${done} ${time}` : `${form.dataset.saidWaiting} (${waiting.size})`, waiting.size > 0);
  } else if (reply.status === 422) {
    say(`${form.dataset.saidRefused} ${words}`, true);
  } else {
    waiting.set(name, entry);
    delay = SLOWEST;
    say(form.dataset.saidKept, true);
  }
}

function give(cell, value) {
  const name = cell.dataset.cell;
  const was = waiting.get(name)?.was ?? cell.dataset.was;
  waiting.delete(name);
  waiting.set(name, { value, was });
  keep();
  mark();
  send();
}

// Take back what was given last: what still waits need not be sent, what was sent is undone in the case.
function undo() {
  const queued = [...waiting].slice(sending ? 1 : 0);
  const [name, entry] = queued.at(-1) ?? [];
  const cell = cells.find((each) => each.dataset.cell === name);
  if (cell === undefined) {
    waiting.set(UNDO, {});
    send();
    return;
  }
  waiting.delete(name);
  cell.querySelector(`input[value="${entry.was}"]`).checked = true;
  keep();
  mark();
  say(waiting.size > 0 ? `${form.dataset.saidWaiting} (${waiting.size})` : "", waiting.size > 0);
}

function pick(cell, number) {
  const value = number > 0 ? `+${number}` : String(number);
  const input = cell.querySelector(`input[value="${value}"]`);
  input.checked = true;
  input.focus();
  give(cell, value);
}

function move(cell, down, across) {
  const row = grid.findIndex((each) => each.includes(cell));
  const next = grid[row + down]?.[grid[row].indexOf(cell) + across];
  if (next !== undefined) chosen(next).focus();
}

const ways = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

form.addEventListener("keydown", (event) => {
  const cell = event.target.closest("[data-cell]");
  if (cell === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key;
  if (key in ways) {
    event.preventDefault();
    move(cell, ...ways[key]);
  } else if (key === "-" || key === "\u2212") {
    event.preventDefault();
    negative = true;
    say("\u2212");
    return;
  } else if (/^[0-3]$/.test(key)) {
    event.preventDefault();
    pick(cell, negative && key !== "0" ? -Number(key) : Number(key));
  } else if (key === "u") {
    document.querySelector("#back button")?.click();
  } else if (key === "n") {
    document.querySelector('a[rel="next"]')?.click();
  } else if (key === "p") {
    document.querySelector('a[rel="prev"]')?.click();
  }
  negative = false;
});

form.addEventListener("change", (event) => {
  const cell = event.target.closest("[data-cell]");
  if (cell !== null) give(cell, event.target.value);
  if (event.target === reason) {
    waiting.set("reason", { value: reason.value });
    keep();
    send();
  }
});

// The form as a whole carries everything; nothing of it need wait any longer.
form.addEventListener("submit", (event) => {
  if (event.submitter?.value === UNDO) {
    event.preventDefault();
    undo();
    return;
  }
  waiting = new Map();
  keep();
});
addEventListener("online", () => {
  delay = 1000;
  send();
});
addEventListener("beforeunload", (event) => {
  if (waiting.size > 0 && !navigator.onLine) event.preventDefault();
});

for (const [name, entry] of waiting) {
  const cell = cells.find((each) => each.dataset.cell === name);
  const input = cell?.querySelector(`input[value="${entry.value}"]`);
  if (input) input.checked = true;
  if (name === "reason") reason.value = entry.value;
}
form.querySelector(".keys").hidden = false;
mark();
send();
// Who goes from section to section goes on judging.
if (cells.length > 0 && document.referrer.includes("/matrix/judge/") && document.querySelector("[data-focus]") === null) {
  chosen(cells[0]).focus({ preventScroll: location.hash === "" });
}
