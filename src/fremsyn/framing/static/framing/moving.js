// The stakeholder map as points that can be moved: by mouse and touch, and by the arrow keys. The table stays in step.

const STEPS = [1, 2, 3, 4, 5];

function makeMap(form) {
  const told = form.dataset;
  const map = document.createElement("div");
  map.className = "moving-map";
  map.setAttribute("role", "group");
  map.setAttribute("aria-label", told.map);
  const cells = new Map();
  for (const influence of [...STEPS].reverse()) {
    const side = document.createElement("span");
    side.className = "moving-step";
    side.textContent = influence;
    map.append(side);
    for (const interest of STEPS) {
      const cell = document.createElement("div");
      cell.dataset.influence = influence;
      cell.dataset.interest = interest;
      cells.set(`${influence}-${interest}`, cell);
      map.append(cell);
    }
  }
  map.append(document.createElement("span"));
  for (const interest of STEPS) {
    const foot = document.createElement("span");
    foot.className = "moving-step";
    foot.textContent = interest;
    map.append(foot);
  }
  const live = document.createElement("p");
  live.setAttribute("aria-live", "polite");
  live.className = "small";
  live.textContent = told.help;
  const up = document.createElement("p");
  up.className = "small muted";
  up.textContent = `↑ ${told.influence}  → ${told.interest}`;

  for (const row of form.querySelectorAll("[data-point]")) {
    const ref = row.dataset.point;
    const influence = row.querySelector(`[name="${ref}-influence"]`);
    const interest = row.querySelector(`[name="${ref}-interest"]`);
    const point = document.createElement("button");
    point.type = "button";
    point.className = "ref";
    point.dataset.phase = "framing";
    point.textContent = ref;
    point.title = row.dataset.name;
    const says = () =>
      `${ref} ${row.dataset.name}: ${told.influence} ${influence.value}, ${told.interest} ${interest.value}`;
    const place = () => {
      cells.get(`${influence.value}-${interest.value}`)?.append(point);
      point.setAttribute("aria-label", says());
    };
    const move = (up_, right) => {
      influence.value = Math.min(5, Math.max(1, up_));
      interest.value = Math.min(5, Math.max(1, right));
      place();
      live.textContent = says();
      form.dispatchEvent(new Event("input", { bubbles: true }));
    };
    point.addEventListener("keydown", (event) => {
      const steps = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
      if (!steps) return;
      event.preventDefault();
      move(Number(influence.value) + steps[0], Number(interest.value) + steps[1]);
      point.focus();
    });
    point.addEventListener("pointerdown", (event) => {
      point.setPointerCapture(event.pointerId);
      map.dataset.dragging = "";
    });
    point.addEventListener("pointerup", (event) => {
      delete map.dataset.dragging;
      const under = document.elementsFromPoint(event.clientX, event.clientY);
      const cell = under.find((each) => map.contains(each) && each.dataset.influence);
      if (cell) move(Number(cell.dataset.influence), Number(cell.dataset.interest));
    });
    influence.addEventListener("change", place);
    interest.addEventListener("change", place);
    place();
  }
  form.prepend(map, up, live);
}

document.querySelectorAll("[data-moving]").forEach(makeMap);
