// form[data-total="/address"] asks what its order would cost while somebody types, and shows the answer in
// data-total-output. Nothing is saved: the buttons of the form do that, with and without scripts.
const form = document.querySelector("form[data-total]");
const output = form && document.querySelector(form.dataset.totalOutput);
const said = document.getElementById("said");

if (output) {
  let timer, request;
  form.addEventListener("input", (event) => {
    if (!/^(quantity|billing)-/.test(event.target.name)) return;
    clearTimeout(timer);
    request?.abort();
    timer = setTimeout(ask, 350);
  });

  async function ask() {
    request = new AbortController();
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.dataset.total, { method: "POST", body, signal: request.signal });
      if (!answer.ok || answer.redirected) return;
      const piece = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
      if (piece) show(piece);
    } catch { /* Aborted or offline: the total is counted again when the form is sent. */ }
  }
}

function show(piece) {
  output.replaceChildren(...piece.childNodes);
  const totals = [...output.querySelectorAll(".total")];
  said.textContent = totals.map((total) => [...total.children].map((part) => part.textContent).join(" ")).join(", ");
}
