/* Grades the questions of a page in the page. Nothing is sent or stored; without it the answers are there, folded. */
(() => {
  for (const quiz of document.querySelectorAll(".sw-quiz")) {
    for (const question of quiz.querySelectorAll("fieldset")) {
      const answers = [...question.querySelectorAll("input")];
      const row = question.querySelector(".sw-grade");
      const told = row.querySelector("[role=status]");
      const passage = question.querySelector("details");
      const clear = () => {
        told.textContent = "";
        told.className = "";
      };
      row.hidden = false;
      for (const answer of answers) {
        answer.checked = false; // A browser may have kept the choice of another visit.
        answer.addEventListener("change", clear);
      }
      row.querySelector("button").addEventListener("click", () => {
        const chosen = answers.some((answer) => answer.checked);
        const right = answers.every((answer) => answer.checked === ("right" in answer.dataset));
        const outcome = chosen ? (right ? "right" : "wrong") : "none";
        told.textContent = quiz.dataset[outcome];
        told.className = `sw-${outcome}`;
        if (chosen) passage.open = true;
      });
    }
  }
})();
