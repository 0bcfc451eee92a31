// [data-follows="#field"] says beside a form what is typed or chosen in that field, while it is filled in; for an empty
// one what stands in data-nothing. [data-only-with="#field"] is there only while the field has something.
const follow = (place, selector, say) => {
  const field = document.querySelector(selector);
  if (!field) return;
  const said = () => say(place, field);
  field.addEventListener("input", said);
  // What the browser kept from before is there without an event.
  window.addEventListener("pageshow", said);
};
for (const place of document.querySelectorAll("[data-follows]")) {
  follow(place, place.dataset.follows, (place, field) => {
    place.textContent = (field.selectedOptions?.[0]?.text ?? field.value.trim()) || place.dataset.nothing || "";
  });
}
for (const place of document.querySelectorAll("[data-only-with]")) {
  follow(place, place.dataset.onlyWith, (place, field) => { place.hidden = field.value === ""; });
}
