// A long form that was begun is not left by a slip: the browser asks first. A refused one counts as begun, since what
// stands in it is not saved yet.
const LONG = 4;

function fields(form) {
  return [...form.elements].filter((field) => field.matches("input:not([type=hidden], [type=submit]), select, textarea"));
}

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
  const chosen = [...field.options].findIndex((option) => option.defaultSelected);
  return field.selectedIndex !== Math.max(chosen, 0);
}

for (const form of document.querySelectorAll("form[method=post]")) {
  if (fields(form).length < LONG) continue;
  let isSent = false;
  const isBegun = () => document.getElementById("problems") !== null || fields(form).some(isChanged);
  form.addEventListener("submit", () => { isSent = true; });
  // Coming back to a page that the browser kept.
  addEventListener("pageshow", () => { isSent = false; });
  addEventListener("beforeunload", (event) => { if (!isSent && isBegun()) event.preventDefault(); });
}
