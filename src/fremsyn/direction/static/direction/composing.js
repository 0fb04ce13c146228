// Shows what resists as soon as another state is chosen; the button does it without this file.

const form = document.getElementById("composing");
let latest = 0;

form?.addEventListener("change", async (event) => {
  if (!event.target.name.startsWith("state-")) return;
  const asked = ++latest;
  const data = new FormData(form);
  data.set("show", "1");
  const reply = await fetch(location.pathname, { method: "POST", body: data, headers: { "X-Fragment": "1" } }).catch(() => null);
  if (!reply?.ok || asked !== latest) return;
  const answer = new DOMParser().parseFromString(await reply.text(), "text/html");
  document.getElementById("resists").replaceChildren(...answer.getElementById("resists").childNodes);
});
