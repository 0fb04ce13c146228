// Makes pages quicker to work with; every page does all it must without this file.

const typing = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const search = document.querySelector("[data-search]");
  if (search === null) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// A mark in a picture leads where the table's link leads; the table holds the keyboard's way.
document.addEventListener("click", (event) => {
  const mark = event.target.closest("svg [data-href]");
  if (mark === null) return;
  const address = new URL(mark.dataset.href, location.href);
  if (address.origin === location.origin) location.assign(address);
});

const language = document.documentElement.lang || "da";
const order = new Intl.Collator(language, { numeric: true });

function value(cell) {
  const text = (cell.dataset.sort ?? cell.textContent).trim();
  const plain = text.replace(/\u2212/g, "-").replace(language === "da" ? /\./g : /,/g, "").replace(",", ".");
  return /^[+-]?\d+(\.\d+)?\s*%?$/.test(plain) ? Number.parseFloat(plain) : text;
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "number") return -1;
  if (typeof b === "number") return 1;
  return order.compare(a, b);
}

function makeSortable(table) {
  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  heads.forEach((head, column) => {
    if (head.textContent.trim() === "" || head.querySelector("a, button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const direction = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
      for (const body of table.tBodies) {
        const rows = [...body.rows].map((row) => [value(row.cells[column] ?? row.cells[0]), row]);
        rows.sort(([a], [b]) => direction * compare(a, b));
        body.append(...rows.map(([, row]) => row));
      }
    });
  });
}

// Fields in [data-filters="table-id"]: a select or checkbox named k keeps rows whose data-k holds its value.
function makeFilterable(filters) {
  const table = document.getElementById(filters.dataset.filters);
  if (table === null) return;
  const said = filters.querySelector("output");
  const apply = () => {
    const chosen = [...new FormData(filters)].filter(([, wanted]) => wanted !== "");
    const rows = [...table.querySelectorAll("tbody > tr:not(.group)")];
    for (const row of rows) {
      row.hidden = !chosen.every(([name, wanted]) => {
        if (name === "q") return row.textContent.toLocaleLowerCase(language).includes(wanted.toLocaleLowerCase(language));
        return (row.dataset[name] ?? "").split(" ").includes(wanted);
      });
    }
    if (said !== null) said.textContent = `${rows.filter((row) => !row.hidden).length} / ${rows.length}`;
  };
  filters.hidden = false;
  filters.addEventListener("input", apply);
  filters.addEventListener("submit", (event) => event.preventDefault());
  apply();
}

// Beside a picture's SVG, offer it as PNG, drawn here at twice its size.
async function savePng(address) {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth * 2;
  canvas.height = picture.naturalHeight * 2;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const saved = document.createElement("a");
  saved.href = URL.createObjectURL(blob);
  saved.download = new URL(address).pathname.split("/").pop().replace(/svg$/, "png");
  saved.click();
  URL.revokeObjectURL(saved.href);
}

function offerPng(link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = "PNG";
  button.addEventListener("click", () => savePng(link.href));
  link.after(", ", button);
}

// What is cut off at its right edge fades there, until one has scrolled to the end.
function tellMore(part) {
  const tell = () => part.toggleAttribute("data-more", part.scrollLeft + part.clientWidth < part.scrollWidth - 2);
  part.addEventListener("scroll", tell, { passive: true });
  new ResizeObserver(tell).observe(part);
}

document.querySelectorAll(".scroll").forEach(tellMore);
document.querySelectorAll('.tools a[download][href$=".svg"]').forEach(offerPng);
document.querySelectorAll("table[data-sortable]").forEach(makeSortable);
document.querySelectorAll("form[data-filters]").forEach(makeFilterable);
document.querySelector("[data-focus]")?.focus();
