"use strict";
// Sorting and searching the table of terms, choosing terms for the plot of dispersion, and showing their lines. The page says all it has to say without it.
(() => {
  const table = document.getElementById("term-table");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const search = document.getElementById("term-search");
  const showStop = document.getElementById("show-stop");
  const counter = document.getElementById("term-count");
  const noMatch = document.getElementById("no-match");
  const tracks = document.getElementById("tracks");
  const fold = (text) => text.normalize("NFC").toLocaleLowerCase("kk");

  function filter() {
    const wanted = fold(search.value.trim());
    let shown = 0;
    for (const row of rows) {
      const fits = (showStop.checked || !row.classList.contains("stop")) && fold(row.cells[1].dataset.term).includes(wanted);
      row.hidden = !fits;
      shown += fits;
    }
    counter.textContent = counter.dataset.text.replace("{shown}", shown.toLocaleString(document.documentElement.lang));
    noMatch.hidden = shown > 0;
  }

  function sort(header) {
    const column = header.cellIndex;
    const isText = header.dataset.kind === "text";
    // What is counted comes with the greatest first; words and ranks with the first one first.
    const startsDown = !isText && !header.classList.contains("rank");
    const now = header.getAttribute("aria-sort");
    const down = now ? now === "ascending" : startsDown;
    const value = (row) => row.cells[column].dataset.value;
    const compare = (a, b) => value(a) - value(b);
    for (const other of header.parentNode.cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.sort((a, b) => (down ? -compare(a, b) : compare(a, b)) || a.cells[0].dataset.value - b.cells[0].dataset.value);
    body.append(...rows);
  }

  function trackOf(term) {
    return Array.from(tracks.querySelectorAll(".track")).find((track) => track.dataset.term === term);
  }

  function mark() {
    for (const row of rows) {
      row.cells[1].firstElementChild.setAttribute("aria-pressed", String(Boolean(trackOf(row.cells[1].dataset.term))));
    }
  }

  function makeTrack(row) {
    const term = row.cells[1].dataset.term;
    const track = document.createElement("div");
    track.className = "track";
    track.dataset.term = term;
    const name = document.createElement("span");
    name.className = "term";
    name.lang = "kk";
    const count = document.createElement("small");
    count.textContent = row.cells[2].textContent;
    name.append(term + " ", count);
    const plot = document.createElement("span");
    plot.className = "plot";
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 1000 1000");
    svg.setAttribute("preserveAspectRatio", "none");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const scale = 1000 / Number(tracks.dataset.bins);
    const bins = row.dataset.bins.split(" ").filter(Boolean);
    path.setAttribute("d", bins.map((bin) => `M${Math.round((Number(bin) + 0.5) * scale)} 0V1000`).join(""));
    svg.append(path);
    plot.append(svg);
    track.append(name, plot);
    return track;
  }

  function addRemover(track) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "remove";
    button.textContent = "×";
    button.title = button.ariaLabel = `${tracks.dataset.remove}: ${track.dataset.term}`;
    button.addEventListener("click", () => {
      track.remove();
      mark();
    });
    track.querySelector(".term").prepend(button);
  }

  const panel = document.getElementById("lines");
  const store = document.getElementById("line-store");

  function closeLines() {
    panel.hidden = true;
    store.append(...panel.querySelectorAll("ol"));
  }

  function openLines(term) {
    closeLines();
    const lines = Array.from(store.children).find((list) => list.dataset.term === term);
    if (!lines) return false;
    panel.querySelector("h3").textContent = term;
    panel.querySelector(".scroll").append(lines);
    panel.hidden = false;
    return true;
  }

  function isOpen(term) {
    return !panel.hidden && panel.querySelector("h3").textContent === term;
  }

  panel.querySelector(".close").addEventListener("click", closeLines);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeLines();
  });
  document.getElementById("keywords").addEventListener("click", (event) => {
    const button = event.target.closest("[data-lines]");
    if (button) openLines(button.dataset.lines);
  });

  document.getElementById("term-tools").addEventListener("submit", (event) => event.preventDefault());
  search.addEventListener("input", filter);
  showStop.addEventListener("change", filter);
  for (const button of table.tHead.querySelectorAll("button")) {
    button.addEventListener("click", () => sort(button.closest("th")));
  }
  body.addEventListener("click", (event) => {
    const button = event.target.closest(".term button");
    if (!button) return;
    const row = button.closest("tr");
    const term = row.cells[1].dataset.term;
    const track = trackOf(term);
    // A term that is in the plot already shows its lines first, and leaves it when it is chosen again.
    if (track && !isOpen(term) && openLines(term)) return;
    if (track) {
      track.remove();
      closeLines();
    } else {
      openLines(term);
      const added = makeTrack(row);
      addRemover(added);
      tracks.append(added);
    }
    mark();
  });
  // On paper nothing can be unfolded.
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  tracks.querySelectorAll(".track").forEach(addRemover);
  filter();
  mark();
})();
