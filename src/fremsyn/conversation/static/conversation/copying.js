// A button copies a link, where the browser lets a page do so.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = button.parentElement.querySelector("[data-copied]");
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    said.textContent = said.dataset.copied;
  });
}
