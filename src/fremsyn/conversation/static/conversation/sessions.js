// A session as it runs: clocks that count, pages that follow, minutes that are saved as they are written.
// Everything here can be done without it: the pages are loaded again by hand and each line has its button.

// --- clocks: the server's time, whatever this machine's clock says

const now = document.querySelector("[data-now]")?.dataset.now;
const offset = now ? Date.parse(now) - Date.now() : 0;

function tick() {
  for (const clock of document.querySelectorAll(".clock[data-ends]")) {
    const left = Math.round((Date.parse(clock.dataset.ends) - Date.now() - offset) / 1000);
    const minutes = Math.floor(Math.abs(left) / 60);
    let words;
    if (left >= 0) words = `${minutes}:${String(left % 60).padStart(2, "0")}`;
    else if (minutes <= 1) words = clock.dataset.overOne;
    else words = clock.dataset.over.replace("{n}", minutes);
    if (clock.textContent !== words) clock.textContent = words;
    clock.toggleAttribute("data-over-now", left < 0);
  }
}

tick();
setInterval(tick, 500);

// --- pages that follow: asked every other second, answered only when something is new

let pressing = false;
addEventListener("pointerdown", () => { pressing = true; });
addEventListener("pointerup", () => { pressing = false; });
addEventListener("pointercancel", () => { pressing = false; });

// Puts what is new in its place; whoever stands on a button there stands on it afterwards.
function replace(part, text) {
  const button = part.contains(document.activeElement) ? document.activeElement.value : null;
  part.innerHTML = text;
  if (button) [...part.querySelectorAll("button")].find((each) => each.value === button)?.focus();
  tick();
}

function follow(part) {
  // A part with choices says which state it shows, so that it is not replaced before there is another.
  let tag = part.dataset.tag ?? "";
  const lost = document.querySelector("[data-lost]");
  const ask = async () => {
    try {
      const headers = { "X-Fragment": "1", ...(tag && { "If-None-Match": tag }) };
      const answer = await fetch(part.dataset.poll, { headers, cache: "no-store" });
      if (answer.ok) {
        const text = await answer.text();
        if (!pressing) {
          tag = answer.headers.get("ETag") ?? "";
          replace(part, text);
        }
      }
      if (lost) lost.hidden = answer.ok || answer.status === 304;
    } catch {
      if (lost) lost.hidden = false;
    }
    setTimeout(ask, 2000);
  };
  setTimeout(ask, 2000);
}

document.querySelectorAll("[data-poll]").forEach(follow);

// --- minutes: each line is sent when the writer rests, and again until the server has it

function uuid() {
  // crypto.randomUUID is missing where the page came over plain http
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function write(writing) {
  const words = writing.dataset;
  const unsaved = new Set();
  addEventListener("beforeunload", (event) => {
    if (unsaved.size > 0) event.preventDefault();
  });

  function line(form) {
    const text = form.elements.text;
    const said = form.querySelector("[data-said]");
    let kept = text.value;
    let busy = false;
    let asked = null;
    let timer = 0;
    let wait = 1000;

    const say = (state, what) => {
      form.dataset.state = state;
      said.textContent = what;
    };
    const later = (time) => {
      clearTimeout(timer);
      timer = setTimeout(send, time);
    };
    const button = (label, pressed) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button";
      made.dataset.size = "s";
      made.textContent = label;
      made.addEventListener("click", pressed);
      return made;
    };
    const clear = () => form.querySelector(".both")?.remove();

    function both(answer) {
      clear();
      const box = document.createElement("div");
      box.className = "both";
      const theirs = document.createElement("p");
      theirs.dir = "auto";
      theirs.textContent = answer.gone ? words.gone : `${words.theirs} ${answer.theirs}`;
      const choices = document.createElement("p");
      choices.className = "cluster";
      choices.append(button(words.mine, () => {
        form.elements.version.value = answer.version;
        clear();
        send();
      }));
      if (!answer.gone) {
        choices.append(button(words.both, () => {
          const mine = text.value;
          settle(answer.theirs, answer.version);
          const next = fresh(form, mine);
          next.send();
        }), button(words.give, () => settle(answer.theirs, answer.version)));
      }
      box.append(theirs, choices);
      form.append(box);
    }

    function settle(value, version) {
      text.value = value;
      kept = value;
      form.elements.version.value = version;
      unsaved.delete(form);
      clear();
      say("", "");
    }

    function held() {
      clear();
      const box = document.createElement("div");
      box.className = "both";
      box.append(button(words.take, () => {
        clear();
        send({ take_over: "1" });
      }));
      form.append(box);
    }

    // After signing in anew the page's token is an old one; the pen's form brings a new one.
    async function renew() {
      const answer = await fetch(words.pen, { headers: { "X-Fragment": "1" }, cache: "no-store" });
      const token = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(await answer.text());
      if (token) form.elements.csrfmiddlewaretoken.value = token[1];
    }

    async function send(extra = {}) {
      clearTimeout(timer);
      if (busy && Object.keys(extra).length > 0) asked = extra;
      if (busy || text.value.trim() === "" || (text.value === kept && form.dataset.state !== "waiting")) return;
      busy = true;
      const sent = text.value;
      say("saving", words.saving);
      const body = new FormData(form);
      body.set("action", "write");
      for (const [name, value] of Object.entries(extra)) body.set(name, value);
      try {
        if (form.dataset.token === "old") {
          await renew();
          body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
        }
        const answer = await fetch(words.url, { method: "POST", body, headers: { "X-Fragment": "1" } });
        form.dataset.token = answer.headers.get("Content-Type")?.startsWith("application/json") ? "" : "old";
        const told = await answer.json();
        wait = 1000;
        if (answer.ok) {
          kept = sent;
          form.elements.version.value = told.version;
          if (text.value === sent) unsaved.delete(form);
          clear();
          say("", words.saved.replace("{time}", told.saved));
        } else {
          say("refused", `${words.unsaved} ${told.message}`);
          if (told.conflict) both(told);
          else if (told.penHeld) held();
        }
      } catch {
        // no contact, or an answer that is none of ours
        say("waiting", form.dataset.token === "old" ? words.out : words.waiting);
        later(wait);
        wait = Math.min(wait * 2, 15000);
      }
      busy = false;
      if (asked !== null) {
        const wanted = asked;
        asked = null;
        clear();
        send(wanted);
      } else if (text.value !== sent && form.dataset.state !== "waiting") later(400);
    }

    text.addEventListener("input", () => {
      if (text.value.trim() !== "" && text.value !== kept) unsaved.add(form);
      else unsaved.delete(form);
      if (!form.querySelector(".both")) later(700);
      const last = form.parentElement.querySelector("[data-line]:last-of-type");
      if (last === form && text.value.trim() !== "") fresh(form, "");
    });
    text.addEventListener("blur", () => {
      if (!form.querySelector(".both")) send();
    });
    text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      send();
      form.nextElementSibling?.querySelector("textarea")?.focus();
    });
    form.addEventListener("submit", (event) => {
      if (event.submitter?.value === "remove") {
        unsaved.delete(form);
        return;
      }
      event.preventDefault();
      send();
    });
    return { send };
  }

  // A line under this one, empty or with what was typed, under an id of its own.
  function fresh(form, value) {
    const next = form.cloneNode(true);
    const id = uuid();
    next.querySelector(".both")?.remove();
    next.querySelector('button[value="remove"]')?.remove();
    next.elements.line.value = id;
    next.elements.version.value = 0;
    next.elements.text.value = "";
    next.elements.text.id = `text-${id}`;
    next.querySelector("label").htmlFor = `text-${id}`;
    next.querySelector("[data-said]").textContent = "";
    delete next.dataset.state;
    form.after(next);
    const made = line(next);
    if (value !== "") {
      next.elements.text.value = value;
      unsaved.add(next);
    }
    return made;
  }

  writing.querySelectorAll("[data-line]").forEach(line);
}

document.querySelectorAll("[data-writing]").forEach(write);
