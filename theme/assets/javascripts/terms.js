/* Definitions of terms, shown where the term stands: on pointing at it, on reaching it by keyboard, at the first touch.
   Escape takes them away, and one may point at them. Without this, a term is a link to its place in the glossary. */
(() => {
  const terms = document.querySelectorAll("a.sw-term[aria-describedby]");
  if (!terms.length) return;
  const tip = document.createElement("div");
  tip.className = "sw-tip";
  tip.hidden = true;
  /* A screen reader has the definition from the term itself. */
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  let shown = null;
  let waiting = 0;

  const hide = () => {
    clearTimeout(waiting);
    tip.hidden = true;
    shown = null;
  };
  const show = (term) => {
    clearTimeout(waiting);
    const definition = document.getElementById(term.getAttribute("aria-describedby"));
    if (!definition) return;
    shown = term;
    tip.textContent = definition.textContent;
    tip.hidden = false;
    /* Below the line that is pointed at; above it where there is no room. */
    const at = term.getClientRects()[0];
    const room = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(at.left, room - tip.offsetWidth - 8));
    const fits = at.bottom + tip.offsetHeight + 8 < innerHeight;
    const top = fits ? at.bottom : at.top - tip.offsetHeight;
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${top + scrollY}px`;
  };
  const soon = (what, delay) => {
    clearTimeout(waiting);
    waiting = setTimeout(what, delay);
  };

  for (const term of terms) {
    let wasShown = false;
    term.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "touch") soon(() => show(term), 150);
    });
    term.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch" && document.activeElement !== term) soon(hide, 250);
    });
    term.addEventListener("pointerdown", () => {
      wasShown = shown === term;
    });
    term.addEventListener("focus", () => show(term));
    term.addEventListener("blur", () => soon(hide, 0));
    term.addEventListener("click", (event) => {
      /* The first touch shows, the second follows. */
      if (event.pointerType !== "touch" || wasShown) return;
      event.preventDefault();
      show(term);
    });
  }
  tip.addEventListener("pointerenter", () => clearTimeout(waiting));
  tip.addEventListener("pointerleave", () => {
    if (document.activeElement !== shown) soon(hide, 250);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown) hide();
  });
  document.addEventListener("pointerdown", (event) => {
    if (shown && !tip.contains(event.target) && !shown.contains(event.target)) hide();
  });
})();
