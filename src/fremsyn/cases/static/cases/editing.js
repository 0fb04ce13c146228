// Makes the editing pages quicker; all that they must do they do without this file.

// Words typed into a field of references are looked up while writing; what is ticked joins what is chosen.
function makeFinder(field) {
  const input = field.querySelector('input[type="text"]');
  const place = field.querySelector("[data-found]");
  const chosen = field.querySelector("[data-chosen]");
  let waiting = 0;
  let asked = null;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 250);
  });
  async function look() {
    asked?.abort();
    asked = new AbortController();
    if (input.value.trim() === "") return place.replaceChildren();
    const address = new URL(field.dataset.references, location.href);
    address.search = new URLSearchParams({ q: input.value, letter: field.dataset.letter, name: field.dataset.name });
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (answer.ok) place.innerHTML = await answer.text();
    } catch {
      // Without an answer the words are looked up when the form is sent.
    }
  }
  place.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.checked) return;
    const there = [...chosen.querySelectorAll("input")].find((each) => each.value === box.value);
    if (there) there.checked = true;
    else chosen.append(box.closest("li"));
    place.replaceChildren();
    input.value = "";
    input.focus();
  });
}

// Three sliders that sum to a hundred: moving one leaves the rest to the others in the ratio they had.
function makeSliders(place) {
  const numbers = [...place.querySelectorAll('input[type="number"]')];
  const sliders = numbers.map((number) => {
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = 0;
    slider.max = 100;
    slider.step = 1;
    slider.value = number.value || 0;
    slider.setAttribute("aria-label", place.querySelector(`label[for="${number.id}"]`).textContent);
    number.after(slider);
    return slider;
  });
  const share = (moved) => {
    const value = Math.min(100, Math.max(0, Number(sliders[moved].value)));
    const others = [0, 1, 2].filter((at) => at !== moved);
    const now = others.map((at) => Number(numbers[at].value) || 0);
    const sum = now[0] + now[1];
    const first = Math.round(sum === 0 ? (100 - value) / 2 : ((100 - value) * now[0]) / sum);
    numbers[moved].value = value;
    numbers[others[0]].value = first;
    numbers[others[1]].value = 100 - value - first;
    sliders.forEach((slider, at) => (slider.value = numbers[at].value));
  };
  sliders.forEach((slider, at) => slider.addEventListener("input", () => share(at)));
  numbers.forEach((number, at) => number.addEventListener("input", () => (sliders[at].value = number.value || 0)));
}

// What is written is not lost by leaving the page by mistake.
function askBeforeLeaving(form) {
  let written = false;
  form.addEventListener("input", () => (written = true));
  form.addEventListener("submit", () => (written = false));
  addEventListener("beforeunload", (event) => {
    if (written) event.preventDefault();
  });
}

// What is to be pasted elsewhere gets a button that copies it.
function makeCopier(field) {
  const area = field.querySelector("textarea");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.dataset.size = "s";
  button.textContent = field.dataset.copies;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(area.value);
    button.textContent = field.dataset.copied;
  });
  area.after(button);
}

// As long as a form is open and looked at, others are told that it is, and whoever has it open that others have.
function tellOthers(place) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  const hear = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(place.dataset.others, { method: "POST", headers: { "X-CSRFToken": token.value } });
      if (!answer.ok || answer.redirected) return;
      const text = (await answer.text()).trim();
      if (text !== place.innerHTML.trim()) place.innerHTML = text;
    } catch {
      // Without an answer the page stands as it was; both versions are shown when two have saved.
    }
  };
  setInterval(hear, 60_000);
  document.addEventListener("visibilitychange", hear);
}

document.querySelectorAll("[data-others]").forEach(tellOthers);
document.querySelectorAll("[data-copies]").forEach(makeCopier);
document.querySelectorAll("[data-references]").forEach(makeFinder);
document.querySelectorAll("[data-place]").forEach(makeSliders);
document.querySelectorAll("form.editing").forEach(askBeforeLeaving);
