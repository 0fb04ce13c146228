// On the screen in the room, the arrow keys go from one disputed section to the next, as a remote control sends them.
const ways = { ArrowLeft: "prev", PageUp: "prev", p: "prev", ArrowRight: "next", PageDown: "next", n: "next" };

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  document.querySelector(`a[rel="${ways[event.key]}"]`)?.click();
});
