// a[data-mailto] and button[data-mailto] open the user's mail program with what stands in their form now. The fields are
// "to", "subject" and "text" unless data-mailto-to, data-mailto-subject or data-mailto-text name others; a missing one is
// left out. Without this script the link holds the text as it was kept, and the button sends its form; data-live is what
// the link is called with it.
for (const opener of document.querySelectorAll("[data-mailto]")) {
  const form = opener.closest("form") ?? document.querySelector(opener.dataset.mailto || null);
  if (!form) continue;
  const value = (key) => form.elements[opener.dataset[`mailto${key}`] ?? key.toLowerCase()]?.value ?? "";
  const address = () => {
    const parts = [["subject", value("Subject")], ["body", value("Text").replace(/\r?\n/g, "\r\n")]];
    const query = parts.filter(([, words]) => words).map(([name, words]) => `${name}=${encodeURIComponent(words)}`);
    // Only the last @ divides the address; one before it is a part of it, and could add an addressee.
    const to = encodeURIComponent(value("To").trim()).replace(/%40(?!.*%40)/, "@");
    return `mailto:${to}?${query.join("&")}`;
  };
  if (opener.matches("button")) {
    opener.type = "button";
    opener.addEventListener("click", () => { location.href = address(); });
    continue;
  }
  const update = () => { opener.href = address(); };
  if (opener.dataset.live) opener.textContent = opener.dataset.live;
  form.addEventListener("input", update);
  update();
}
