// button[data-keep] needs what its form holds to be kept before it does its work (copying, opening in email), because
// the link in the text works only then. The form is sent behind the page; what is refused or has something to look at is
// shown by going there as without this script. Copying by hand keeps it, too.
for (const form of new Set([...document.querySelectorAll("button[data-keep]")].map((button) => button.form))) {
  for (const button of form.querySelectorAll("button[data-keep]")) {
    button.type = "button";
    // Before the listeners that copy or open something.
    button.addEventListener("click", (event) => {
      if (button.dataset.kept) return;
      event.stopImmediatePropagation();
      keep(form).then((place) => goOn(form, button, place));
    }, { capture: true });
  }
  for (const kind of ["copy", "cut"]) form.addEventListener(kind, () => keep(form));
}

// Answers where the draft is when it was kept, "look" and where when something is to be looked at, or nothing.
async function keep(form) {
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body });
    if (!answer.ok || !answer.redirected) return {};
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const version = page.querySelector("form [name=version]");
    if (!version) return {};
    form.elements.version.value = version.value;
    form.dispatchEvent(new Event("kept"));
    return { kept: answer.url, look: page.querySelector("[data-look]") !== null };
  } catch {
    return {};
  }
}

function goOn(form, button, { kept, look }) {
  if (kept && look) return location.assign(kept);
  if (!kept) {
    button.type = "submit";
    return form.requestSubmit(button);
  }
  history.replaceState(null, "", kept);
  button.dataset.kept = "yes";
  button.click();
  delete button.dataset.kept;
}
