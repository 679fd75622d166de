// What scripts add to pages that are whole without them: the design system's own, and a copy button.

document.body.classList.add("js-enabled", "govuk-frontend-supported");

// This file is served behind the design system's own module, which brings initAll.
if (typeof initAll === "function") {
  initAll();
}

if (navigator.clipboard) {
  for (const place of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary app-cite__button";
    button.textContent = "Copy citation";
    const said = document.createElement("span");
    said.className = "app-cite__said";
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(document.getElementById(place.dataset.copy).textContent.trim());
        said.textContent = "Copied";
      } catch {
        said.textContent = "Could not copy: select the text and copy it yourself";
      }
    });
    place.append(button, said);
  }
}

// How far a build is: asked for again while it goes on; without scripts, a link does the same.
const watched = document.querySelector("[data-watch]");
async function watch() {
  try {
    const answer = await fetch(watched.dataset.watch);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(watched.id);
    watched.replaceChildren(...fresh.childNodes);
    if (!("watch" in fresh.dataset)) return;
  } catch {
    // The service may be starting again: ask later.
  }
  setTimeout(watch, 2000);
}
if (watched) setTimeout(watch, 2000);
