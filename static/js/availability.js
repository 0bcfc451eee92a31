// input[data-availability="/address"] asks /address?<name>=<value> while somebody types, and says what it answers
// (a small piece of HTML, of which the words and the kind of status are used) in data-availability-output.
const kinds = ["good", "waiting", "bad", "calm"];

for (const input of document.querySelectorAll("input[data-availability]")) {
  const output = document.querySelector(input.dataset.availabilityOutput);
  if (!output) continue;
  let timer, request;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    request?.abort();
    say(output, "", "");
    if (input.value.trim()) timer = setTimeout(ask, 350);
  });

  async function ask() {
    request = new AbortController();
    try {
      const address = new URL(input.dataset.availability, location.href);
      address.searchParams.set(input.name, input.value.trim());
      const answer = await fetch(address, { signal: request.signal });
      if (!answer.ok || answer.redirected) return;
      const piece = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      const kind = kinds.find((kind) => piece.querySelector(`.${kind}`)) ?? "calm";
      say(output, piece.textContent.trim(), kind);
    } catch { /* Aborted or offline: the server checks again when the form is sent. */ }
  }
}

function say(output, words, kind) {
  output.textContent = words;
  output.className = words ? `availability status ${kind}` : "availability";
}
