// select[data-autosubmit] applies its filters when something is chosen with mouse or finger. With the keyboard every
// arrow is a choice, so there the Apply button stays the way.
for (const select of document.querySelectorAll("select[data-autosubmit]")) {
  let byKeyboard = false;
  select.addEventListener("keydown", () => { byKeyboard = true; });
  select.addEventListener("pointerdown", () => { byKeyboard = false; });
  select.addEventListener("change", () => { if (!byKeyboard) select.form.requestSubmit(); });
}
