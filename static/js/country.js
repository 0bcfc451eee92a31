// button[data-when-changed="#field"] presses itself when something else is chosen there: another country needs other
// fields. With the keyboard every arrow is a choice, so there it waits until the field is left.
for (const button of document.querySelectorAll("button[data-when-changed]")) {
  const select = document.querySelector(button.dataset.whenChanged);
  if (!select) continue;
  let byKeyboard = false, changed = false;
  const press = () => { if (changed) select.form.requestSubmit(button); };
  select.addEventListener("keydown", () => { byKeyboard = true; });
  select.addEventListener("pointerdown", () => { byKeyboard = false; });
  select.addEventListener("change", () => { changed = true; if (!byKeyboard) press(); });
  select.addEventListener("blur", (event) => {
    // Who leaves for a button means that one.
    if (byKeyboard && !event.relatedTarget?.closest?.("button, a")) press();
  });
}
