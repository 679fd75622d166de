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
