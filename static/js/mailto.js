// a[data-mailto] opens the user's mail program with what stands in its form now. The fields are "to", "subject"
// and "text" unless data-mailto-to, data-mailto-subject or data-mailto-text name others; a missing one is left out.
// Without this script the link holds the text as it was kept; data-live is what the link is called with it.
for (const link of document.querySelectorAll("a[data-mailto]")) {
  const form = link.closest("form") ?? document.querySelector(link.dataset.mailto || null);
  if (!form) continue;
  const value = (key) => form.elements[link.dataset[`mailto${key}`] ?? key.toLowerCase()]?.value ?? "";
  const update = () => {
    const parts = [["subject", value("Subject")], ["body", value("Text").replace(/\r?\n/g, "\r\n")]];
    const query = parts.filter(([, words]) => words).map(([name, words]) => `${name}=${encodeURIComponent(words)}`);
    const to = encodeURIComponent(value("To").trim()).replace("%40", "@");
    link.href = `mailto:${to}?${query.join("&")}`;
  };
  if (link.dataset.live) link.textContent = link.dataset.live;
  form.addEventListener("input", update);
  update();
}
