// Scores by keys: − then 1 or 2, 0, 1, 2; up and down between the rows. Arrows along the scale are the browser's own.
const form = document.querySelector("[data-scores]");
const groups = [...form.querySelectorAll("fieldset")].filter((group) => group.querySelector('input[type="radio"]'));
let negative = false;

document.querySelector("[data-keys]")?.removeAttribute("hidden");

function enter(group) {
  const radio = group?.querySelector("input:checked") ?? group?.querySelector('input[type="radio"]');
  radio?.focus();
}

function give(group, value) {
  const radio = group.querySelector(`input[value="${value}"]`);
  if (radio === null) return;
  radio.checked = true;
  radio.focus();
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

form.addEventListener("keydown", (event) => {
  if (event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = groups.indexOf(event.target.closest("fieldset"));
  if (event.key === "-" || event.key === "−") negative = true;
  else if (/^[0-2]$/.test(event.key)) {
    give(groups[at], negative ? -Number(event.key) : Number(event.key));
    negative = false;
  } else if (event.key === "ArrowDown") enter(groups[at + 1]);
  else if (event.key === "ArrowUp") enter(groups[at - 1]);
  else {
    negative = false;
    return;
  }
  event.preventDefault();
});
