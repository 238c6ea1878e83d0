"use strict";
// What the pages do beside htmx: the pages say all they have to say without it. No request is made here but by htmx and by forms.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // Language and look are sent as soon as they are chosen.
  for (const form of all("form.preferences")) {
    $(".apply", form).hidden = true;
    for (const select of all("select", form)) select.addEventListener("change", () => form.submit());
  }

  function say(text) {
    const status = $("#status");
    const notice = document.createElement("div");
    notice.className = "notice bad";
    notice.textContent = text;
    status.replaceChildren(notice);
    setTimeout(() => notice.remove(), 8000);
  }
  document.addEventListener("htmx:responseError", (event) => {
    const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    const message = $(".notice", page);
    say(message ? message.textContent.trim() : $("#status").dataset.failed);
  });
  document.addEventListener("htmx:sendError", () => say($("#status").dataset.failed));

  // Edits by key: next, previous, accept, reject, undo.
  const reader = $(".reader");
  const steps = $("#step-through");
  const passedOver = { repairs: ".layout", suggested: ":not(.suggested)", all: ".nothing" };
  function edits() {
    // Each edit once: on the clean side, or where nothing of it is left there, on the raw one.
    const seen = new Set();
    return all(".sheet [data-edit]").filter((edit) => {
      if (edit.matches(passedOver[steps.value]) || seen.has(edit.dataset.edit)) return false;
      seen.add(edit.dataset.edit);
      return true;
    });
  }
  const load = (what, at) => htmx.ajax("GET", `${reader.dataset.document}/${what}?at=${encodeURIComponent(at)}`, { target: "#panel", source: "#panel" });
  let selected = null;
  function select(edit) {
    if (selected) for (const twin of twins(selected)) twin.classList.remove("selected");
    selected = edit;
    if (!edit) return;
    for (const twin of twins(edit)) twin.classList.add("selected");
    edit.scrollIntoView({ block: "nearest" });
    load("edit", edit.dataset.edit);
    history.replaceState(history.state, "", `?edit=${encodeURIComponent(edit.dataset.edit)}`);
  }
  const twins = (edit) => all(`[data-edit="${CSS.escape(edit.dataset.edit)}"]`);
  function step(by) {
    const list = edits();
    if (!list.length) return;
    let at = selected ? list.findIndex((edit) => edit.dataset.edit === selected.dataset.edit) : -1;
    if (at < 0) {
      const top = list.findIndex((edit) => edit.getBoundingClientRect().top > 120);
      at = by > 0 ? (top < 0 ? list.length : top) - 1 : top < 0 ? list.length : top;
    }
    const next = list[at + by];
    if (next) select(next);
    else if (by > 0) $(".more-rows [hx-get]")?.scrollIntoView({ block: "center" });
  }
  document.addEventListener("click", (event) => {
    const edit = event.target.closest(".sheet [data-edit]");
    const block = event.target.closest(".sheet [data-block]");
    if (edit && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      select(edit);
    } else if (block) {
      load("block", block.dataset.block);
    }
    const close = event.target.closest(".panel .close");
    if (close) close.closest(".panel").classList.add("idle");
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "panel") $(".panel", event.target)?.classList.remove("idle");
    if (selected) {
      selected = $(`.sheet [data-edit="${CSS.escape(selected.dataset.edit)}"]`) || selected;
      for (const twin of twins(selected)) twin.classList.add("selected");
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    // The keys stand where they are on the keyboard, whatever letters are on them.
    const key = { KeyN: "n", KeyP: "p", KeyA: "a", KeyR: "r", KeyU: "u" }[event.code] || event.key;
    if (!$(".sheet")) return;
    if (key === "n" || key === "p") {
      event.preventDefault();
      step(key === "n" ? 1 : -1);
    } else if (key === "Escape") {
      $("#panel .panel")?.classList.add("idle");
    } else {
      const button = $(`#panel [data-key="${CSS.escape(key)}"]`);
      if (button && !button.disabled) {
        event.preventDefault();
        button.click();
      }
    }
  });

  // Lines of a concordance by key: up, down, and a category by its number.
  for (const table of all(".kwic.categorising")) {
    table.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, button")) return;
      const line = event.target.closest("tr.line");
      if (!line) return;
      const to = { ArrowDown: line.nextElementSibling, ArrowUp: line.previousElementSibling }[event.key];
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        to?.focus();
      } else if (/^[0-9]$/.test(event.key)) {
        const select = $("select", line);
        const option = select.options[Number(event.key)];
        if (!option) return;
        event.preventDefault();
        select.value = option.value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
        line.nextElementSibling?.focus();
      }
    });
  }

  // All or none of a list.
  for (const tick of all("[data-tick-all]")) {
    tick.addEventListener("change", () => {
      for (const box of all("input[type=checkbox][name]", tick.form)) box.checked = tick.checked;
    });
  }

  // Files are dropped on a form, and sent by it.
  for (const zone of all(".drop")) {
    const input = $("input[type=file]", zone);
    for (const name of ["dragover", "dragenter"]) {
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.classList.add("over");
      });
    }
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      zone.closest("form").requestSubmit();
    });
    input.addEventListener("change", () => input.files.length && zone.closest("form").requestSubmit());
  }

  // The query that the form of conditions builds, while it is filled in.
  const builder = $(".builder");
  if (builder) {
    const quoted = (value) => value.replace(/["\\]/g, "\\$&");
    const build = () => {
      const tokens = all(".slot", builder).map((slot) => {
        const value = (name) => $(`[data-part=${name}]`, slot).value.trim();
        const parts = [];
        if (value("text")) parts.push(`${value("attribute")}="${quoted(value("text"))}"${$("[data-part=case]", slot).checked ? " %c" : ""}`);
        if (value("upos")) parts.push(`upos="${value("upos")}"`);
        if (value("feats")) parts.push(`feats="${quoted(value("feats"))}"`);
        if (!parts.length && !$("[data-part=any]", slot).checked) return "";
        return `[${parts.join(" & ")}]${value("repeat")}`;
      });
      const query = tokens.filter(Boolean).join(" ");
      if (query) $("input[name=q]").value = query + ($("[data-part=within]", builder).checked ? " within s" : "");
    };
    for (const name of ["input", "change"]) builder.addEventListener(name, build);
    $(".add-slot", builder).addEventListener("click", () => {
      const slots = all(".slot", builder);
      const slot = slots[slots.length - 1].cloneNode(true);
      for (const input of all("input, select", slot)) {
        if (input.type === "checkbox") input.checked = false;
        else if (input.tagName === "SELECT") input.selectedIndex = 0;
        else input.value = "";
      }
      slots[slots.length - 1].after(slot);
    });
  }

  // A citation goes to the clipboard, and stays to be seen where there is none.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const done = () => {
      button.textContent = button.dataset.done;
    };
    navigator.clipboard?.writeText(button.dataset.copy).then(done, () => window.prompt("", button.dataset.copy));
  });
})();
