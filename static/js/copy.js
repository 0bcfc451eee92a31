// Buttons that copy: data-copy="#id" copies what that element holds, data-copy-text="…" copies these words.
// data-copied is what the button then says, for a moment, and what is announced. data-print prints the page.
const said = document.getElementById("said");

for (const button of document.querySelectorAll("[data-copy], [data-copy-text]")) {
  if (!navigator.clipboard && !document.execCommand) continue;
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

async function copy(button) {
  const source = button.dataset.copy && document.querySelector(button.dataset.copy);
  const text = button.dataset.copyText ?? source?.value ?? source?.textContent ?? "";
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copiedBySelection(text)) return select(source);
  }
  announce(button);
}

// Over plain http there is no clipboard object, only this older way.
function copiedBySelection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return done;
}

// Neither way was allowed: at least it is selected, ready for Ctrl+C.
function select(source) {
  if (!source) return;
  if (source.select) { source.focus(); source.select(); }
  else getSelection().selectAllChildren(source);
}

function announce(button) {
  const words = button.dataset.copied;
  if (!words) return;
  const place = button.querySelector("[data-word]") ?? button;
  button.dataset.before ??= place.textContent;
  button.style.minInlineSize = `${button.offsetWidth}px`;
  place.textContent = words;
  said.textContent = "";
  setTimeout(() => { said.textContent = words; }, 50);
  clearTimeout(button.timer);
  button.timer = setTimeout(() => { place.textContent = button.dataset.before; }, 2500);
}
