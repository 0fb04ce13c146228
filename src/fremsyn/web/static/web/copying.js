// A button copies a long table for a spreadsheet: cells with tabs between, or the rows that an address gives.

const text = (cell) => {
  const bare = cell.cloneNode(true);
  bare.querySelectorAll(".no-print, .hidden").forEach((each) => each.remove());
  return bare.textContent.replace(/\s+/g, " ").trim();
};

const shown = (row) => row.getClientRects().length > 0 || row.closest("details:not([open])") !== null;

const asRows = (table) =>
  [...table.rows]
    .filter(shown)
    .map((row) => [...row.cells].flatMap((cell) => [text(cell), ...Array(cell.colSpan - 1).fill("")]).join("\t"))
    .join("\n");

async function rows(place) {
  if (!place.dataset.rows) return asRows(document.getElementById(place.dataset.copies));
  const answer = await fetch(place.dataset.rows);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

document.querySelectorAll("[data-copy-table]").forEach((place, number) => {
  const table = place.previousElementSibling?.querySelector("table");
  if (!navigator.clipboard || !(table || place.dataset.rows)) return;
  if (table) place.dataset.copies = table.id ||= `table-to-copy-${number}`;
  place.hidden = false;
  const said = place.querySelector("[role=status]");
  place.querySelector("button").addEventListener("click", async () => {
    said.textContent = "";
    try {
      await navigator.clipboard.writeText(await rows(place));
      said.textContent = said.dataset.copied;
    } catch {
      said.textContent = said.dataset.not;
    }
  });
});
