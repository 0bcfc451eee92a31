// A form is sent once, however often its button is pressed: the second answer would find what the first has used up.
// For a moment only, since the first may have failed on its way.
const MOMENT = 3000;

for (const form of document.querySelectorAll("form[method=post]")) {
  let isUnderWay = false;
  form.addEventListener("submit", (event) => {
    if (isUnderWay) event.preventDefault();
    isUnderWay = true;
    setTimeout(() => { isUnderWay = false; }, MOMENT);
  });
  // Coming back to a page that the browser kept.
  addEventListener("pageshow", () => { isUnderWay = false; });
}
