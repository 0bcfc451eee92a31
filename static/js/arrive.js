// On a phone the rail is a strip: bring the current place into view, without moving the page.
const rail = document.querySelector(".rail");
const current = rail?.querySelector("[aria-current]");
if (current && rail.scrollWidth > rail.clientWidth) {
  rail.scrollLeft = current.offsetLeft - (rail.clientWidth - current.offsetWidth) / 2;
}

// After a refused form the problems are what to read first.
document.getElementById("problems")?.focus({ preventScroll: true });
