"use strict";
const boxes = [...document.querySelectorAll("[data-layer]")];
const told = document.getElementById("told");
const idle = told.textContent;

function layers() {
  document.body.dataset.off = boxes.filter((box) => !box.checked).map((box) => box.dataset.layer).join(" ");
}

function choose(key, from) {
  for (const one of document.querySelectorAll(".chosen")) one.classList.remove("chosen");
  if (!key) return;
  const found = [...document.querySelectorAll(`[data-key="${key}"]`)];
  for (const one of found) one.classList.add("chosen");
  const shown = found.find((one) => one.closest("svg, .sheet"));
  if (from === "list" && shown) {
    // A layer that is off would hide what was asked for.
    const box = boxes.find((one) => shown.classList.contains(one.dataset.layer));
    if (box && !box.checked) { box.checked = true; layers(); }
    shown.scrollIntoView({ block: "center", behavior: "smooth" });
  }
  const entry = found.find((one) => one.closest("aside"));
  if (from === "page" && entry) { entry.closest("details").open = true; entry.scrollIntoView({ block: "nearest" }); }
}

document.addEventListener("change", layers);
document.addEventListener("click", (event) => {
  const one = event.target.closest("[data-key]");
  if (one) choose(one.dataset.key, one.closest("aside") ? "list" : "page");
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const box = boxes[Number(event.key) - 1];
  if (box) { box.checked = !box.checked; layers(); }
  if (event.key === "Escape") choose("");
  const item = event.target.closest("li[data-key]");
  if (event.key === "Enter" && item) choose(item.dataset.key, "list");
});
document.addEventListener("pointerover", (event) => {
  const one = event.target.closest("[data-told]");
  told.textContent = one ? one.dataset.told : idle;
});
layers();
