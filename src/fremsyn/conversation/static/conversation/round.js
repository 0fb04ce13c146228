// Makes voting quicker and a lost connection harmless; every page does all it must without this file.
// A press that has not been acknowledged lies in this tab's session storage, and is gone from there when it has been.

const KEPT_IN = "fremsyn-presses";
const AGAIN_AFTER = [1, 2, 4, 8, 15]; // seconds
const form = document.querySelector("[data-vote]");
const told = document.querySelector("[data-told]");
const words = document.querySelector("[data-words]")?.dataset ?? {};
const queue = JSON.parse(sessionStorage.getItem(KEPT_IN) ?? "[]");
let tries = 0;
let timer = 0;
let sending = false;
let leaving = "";

function say(text) {
  const line = document.createElement("p");
  line.className = "callout";
  line.textContent = text;
  told.replaceChildren(line);
}

function store() {
  if (queue.length) sessionStorage.setItem(KEPT_IN, JSON.stringify(queue));
  else sessionStorage.removeItem(KEPT_IN);
  const waiting = document.querySelector("[data-waiting]");
  if (waiting === null) return;
  waiting.hidden = tries === 0 || queue.length === 0;
  waiting.querySelector("[data-count]").textContent = String(queue.length);
}

function post(press) {
  return fetch(press.to, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value },
    body: new URLSearchParams(press.body),
    signal: AbortSignal.timeout(10_000),
  });
}

async function refused(answer) {
  const why = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
  say([words.notKept, why.title ?? words.reload, why.advice].filter(Boolean).join(" "));
  leaving = "";
}

// One after the other, in the order of the presses: what was pressed last is what counts.
async function send() {
  if (sending || queue.length === 0) return;
  sending = true;
  clearTimeout(timer);
  while (queue.length) {
    let answer = null;
    try {
      answer = await post(queue[0]);
    } catch {
      // no connection, or no answer in time: the press stays, and its key makes sure that it counts once
    }
    if (answer === null || answer.status >= 500 || answer.status === 429 || answer.status === 408) {
      timer = setTimeout(send, 1000 * AGAIN_AFTER[Math.min(tries, AGAIN_AFTER.length - 1)]);
      tries += 1;
      break;
    }
    tries = 0;
    queue.shift();
    if (answer.ok) say(words.kept ?? "");
    else await refused(answer);
  }
  sending = false;
  store();
  if (queue.length === 0 && leaving) location.assign(leaving);
}

addEventListener("online", send);
store();
send();

const statements = [...document.querySelectorAll("[data-statements] > li")];
const here = () => statements.find((each) => each.dataset.address === location.pathname);

function press(button) {
  const current = here();
  const important = form.elements.important.checked;
  const first = current.dataset.value === "";
  current.dataset.value = button.value;
  current.dataset.important = important ? "1" : "";
  queue.push({
    to: form.dataset.to,
    body: {
      statement: current.dataset.ref,
      value: button.value,
      ...(important ? { important: "on" } : {}),
      key: [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
      who: form.dataset.who,
    },
  });
  if (first) document.querySelector("[data-progress]").value += 1;
  const next = statements[statements.indexOf(current) + 1];
  if (next === undefined) leaving = form.dataset.after;
  else if (next.dataset.reason) leaving = next.dataset.address; // what was written is on that page
  else show(next, true);
  store();
  send();
}

function show(statement, forward) {
  const at = statements.indexOf(statement);
  if (forward) history.pushState(null, "", statement.dataset.address);
  const text = form.querySelector("[data-text]");
  text.replaceChildren(...[...statement.childNodes].map((node) => node.cloneNode(true)));
  document.querySelector("[data-where]").textContent = statement.dataset.where;
  document.querySelector("[data-left]").textContent = statement.dataset.left;
  document.title = document.title.replace(/^.*(?= · )/, statement.dataset.where);
  form.elements.important.checked = statement.dataset.important !== "";
  for (const button of form.querySelectorAll("[data-key]")) {
    button.setAttribute("aria-pressed", String(button.value === statement.dataset.value));
  }
  form.querySelector("[data-why]").open = false;
  form.elements.reason.value = "";
  document.querySelector("[data-back]").href = statements[at - 1]?.dataset.address ?? form.dataset.before;
  document.querySelector("[data-skip]").href = statements[at + 1]?.dataset.address ?? form.dataset.after;
  text.tabIndex = -1;
  text.focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

if (form !== null && here() !== undefined) {
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "value" || form.elements.reason.value.trim() !== "" || here().dataset.reason) return;
    event.preventDefault();
    press(event.submitter);
  });
  addEventListener("popstate", () => (here() && !here().dataset.reason ? show(here(), false) : location.reload()));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("textarea, input:not([type=checkbox]), select")) return;
    form.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  });
}
