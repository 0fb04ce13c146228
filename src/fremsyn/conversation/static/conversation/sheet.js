// Sums the run sheet while it is being written; the server says the same when it is saved.
for (const form of document.querySelectorAll("[data-sheet]")) {
  const said = form.querySelector("[data-sum]");
  const tell = () => {
    let sum = 0;
    for (const row of form.querySelectorAll("tbody tr")) {
      const removed = row.querySelector('input[type="checkbox"]').checked;
      if (!removed) sum += Number.parseInt(row.querySelector('input[type="number"]').value, 10) || 0;
    }
    const apart = sum - (Number.parseInt(form.querySelector('[name="minutes_total"]').value, 10) || 0);
    const words = apart === 0 ? said.dataset.fits : apart > 0 ? said.dataset.longer : said.dataset.shorter;
    said.textContent = words.replace("{sum}", sum).replace("{n}", Math.abs(apart));
  };
  form.addEventListener("input", tell);
  tell();
}
