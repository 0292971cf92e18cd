/* The onboarding page: dates from a first day, and ticks that stay in this browser. Without it the page is complete. */
(() => {
  const box = document.querySelector(".sw-start");
  if (!box) return;
  const store = {
    get(key) {
      try {
        return localStorage.getItem(key);
      } catch {
        return null; // Storage may be blocked: then nothing is remembered.
      }
    },
    set(key, value) {
      try {
        if (value) localStorage.setItem(key, "1");
        else localStorage.removeItem(key);
      } catch {
        // As above.
      }
    },
  };
  for (const tick of document.querySelectorAll("input[data-step]")) {
    const key = `sw-step:${tick.dataset.step}`;
    tick.checked = store.get(key) === "1";
    tick.addEventListener("change", () => store.set(key, tick.checked));
  }

  box.hidden = false;
  const field = box.querySelector("input[type=date]");
  const given = new URLSearchParams(location.search).get("start") || "";
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(given);
  if (!parts) return;
  const start = new Date(Date.UTC(+parts[1], +parts[2] - 1, +parts[3]));
  if (start.toISOString().slice(0, 10) !== given) return;
  field.value = given;

  const day = new Intl.DateTimeFormat(box.dataset.language, { dateStyle: "medium", timeZone: "UTC" });
  const month = new Intl.DateTimeFormat(box.dataset.language, { month: "short", year: "numeric", timeZone: "UTC" });
  const after = (days) => new Date(start.getTime() + days * 86400000);
  /* Tenure month 1 is the first full month. */
  const tenure = (number) =>
    new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + number - (start.getUTCDate() === 1 ? 1 : 0), 1));
  const filled = (template, ...values) => values.reduce((text, value, i) => text.replace(`%${i + 1}`, value), template);
  const span = (first, last) => filled(box.dataset.span, first, last);
  const words = {
    "day-1": () => day.format(start),
    "week-1": () => span(day.format(start), day.format(after(6))),
    "day-30": () => day.format(after(29)),
    "day-60": () => day.format(after(59)),
    "day-90": () => day.format(after(89)),
    "month-4-6": () => span(month.format(tenure(4)), month.format(tenure(6))),
  };
  for (const place of document.querySelectorAll(".sw-when[data-when]")) {
    const told = words[place.dataset.when];
    if (told) place.textContent = told();
  }
  for (const place of document.querySelectorAll(".sw-when[data-month]")) {
    place.textContent = filled(box.dataset.from, month.format(tenure(+place.dataset.month)));
  }
})();
