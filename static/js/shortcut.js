// "/" goes to the search on top, Escape leaves it. <html data-shortcuts="off"> switches that off.
const search = document.getElementById("top-search");

if (search && document.documentElement.dataset.shortcuts !== "off") {
  search.setAttribute("aria-keyshortcuts", "/");
  const hint = search.parentElement.querySelector("kbd");
  if (hint) hint.hidden = false;

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !isTyping(event.target)) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "Escape" && event.target === search) {
      search.blur();
    }
  });
}

function isTyping(element) {
  return element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName);
}
