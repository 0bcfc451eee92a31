// [data-progress] says how far something is that the portal does by itself. While the page is in view it is asked for
// again every other second, and what is said there takes the place of what was said before. Once the page says nothing
// of it any more, or speaks of something else by now, it is loaded anew. Without this script a link does the same.
const place = document.querySelector("[data-progress]");
const PAUSE = 2000;

const look = async () => {
  if (document.hidden) return true;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok || answer.redirected) return true;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-progress]");
  if (now?.dataset.progress !== place.dataset.progress) {
    location.reload();
    return false;
  }
  if (now.innerHTML !== place.innerHTML) place.replaceChildren(...now.childNodes);
  return true;
};

const again = () => setTimeout(async () => {
  let goesOn = true;
  // A network that is away for a while comes back.
  try { goesOn = await look(); } catch {}
  if (goesOn) again();
}, PAUSE);

if (place) again();
