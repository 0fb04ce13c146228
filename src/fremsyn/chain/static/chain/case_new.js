// The name in the address follows what the case is called, until somebody writes a name of their own.
const slug = document.querySelector("[data-made-from]");
const title = slug && document.getElementById(slug.dataset.madeFrom);
const turned = { æ: "ae", ø: "oe", å: "aa", ß: "ss" };

function slugOf(words) {
  const plain = words.toLowerCase().replace(/[æøåß]/g, (letter) => turned[letter]).normalize("NFKD");
  return plain.replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 80).replace(/-$/, "");
}

if (title) {
  let own = slug.value !== "" && slug.value !== slugOf(title.value);
  title.addEventListener("input", () => { if (!own) slug.value = slugOf(title.value); });
  slug.addEventListener("input", () => { own = slug.value !== ""; });
}
