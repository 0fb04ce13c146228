// Tells the story's length while it is written.

const text = document.getElementById("id_text");
const told = document.getElementById("length");
const pattern = told.textContent;

text.addEventListener("input", () => {
  const words = text.value.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const numbers = [words, Math.ceil(words / Number(told.dataset.aMinute))];
  told.textContent = pattern.replace(/\d[\d.,]*/g, () => String(numbers.shift()));
});
