// A long form that was begun, or one with a text to write, is not left by a slip: the browser asks first. A refused one
// counts as begun, since what stands in it is not saved yet.
const LONG = 4;

const fields = (form) => [...form.elements].filter((field) => field.matches("input:not([type=hidden], [readonly]), select, textarea"));
const content = (form) => new URLSearchParams(new FormData(form)).toString();

for (const form of document.querySelectorAll("form[method=post]")) {
  if (fields(form).length < LONG && !form.querySelector("textarea")) continue;
  let saved = document.getElementById("problems") ? null : content(form);
  let isSent = false;
  form.addEventListener("submit", () => { isSent = true; });
  // keep.js has saved it behind the page.
  form.addEventListener("kept", () => { saved = content(form); });
  // Coming back to a page that the browser kept.
  addEventListener("pageshow", () => { isSent = false; });
  addEventListener("beforeunload", (event) => { if (!isSent && content(form) !== saved) event.preventDefault(); });
}
