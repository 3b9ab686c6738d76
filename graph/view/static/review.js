// The places for remarks of the review file: kept in this browser, saved to a file, read back. Every word of a
// label or a remark is written as text or as the value of a control, never as markup.
(function () {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("review-data").textContent);
  const key = "daftar-remarks:" + data.edition;
  const digits = (n) => data.lang === "fa" ? String(n).replace(/\d/g, (d) => "۰۱۲۳۴۵۶۷۸۹"[d]) : String(n);
  const say = (message, values) => data.messages[message].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  // Both languages have one form for 1 and one for all other numbers.
  const counted = (message, n, values) => say(message + (n === 1 ? ".one" : ".other"), { n: digits(n), ...values });
  const judge = (value) => data.messages["review.judge." + (value || "none")];
  const places = new Map();
  // about → { judgement, text, name }; what has no place here (another edition) is kept and saved all the same
  const state = { reviewer: "", remarks: {}, strays: [] };
  let kept = true;

  function store() {
    try {
      localStorage.setItem(key, JSON.stringify(state));
      kept = true;
    } catch {
      kept = false; // private windows and some file: settings keep nothing; saving to a file still works
    }
  }
  function restore() {
    try {
      const found = JSON.parse(localStorage.getItem(key) || "null");
      if (found && typeof found === "object") Object.assign(state, found);
    } catch {
      kept = false;
    }
  }
  const status = (text) => { $("desk-status").textContent = text; };
  const element = (tag, text, attributes) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    return made;
  };

  function build(place, number) {
    const about = place.dataset.remark;
    const form = $("remark-form").content.cloneNode(true);
    const text = form.querySelector("textarea"), fields = form.querySelectorAll("input");
    form.querySelector("legend span").textContent = place.dataset.name;
    text.setAttribute("aria-label", form.querySelector("legend").textContent.trim());
    for (const field of fields) {
      field.name = "judgement-" + number;
      field.addEventListener("change", () => note(about));
    }
    text.addEventListener("input", () => note(about));
    place.id = "remark-" + number;
    place.append(form);
    places.set(about, { place, text: place.querySelector("textarea"), fields: place.querySelectorAll("input") });
  }
  function note(about) {
    const { place, text, fields } = places.get(about);
    const judgement = [...fields].find((field) => field.checked).value;
    if (judgement || text.value.trim()) state.remarks[about] = { judgement, text: text.value, name: place.dataset.name };
    else delete state.remarks[about];
    store();
    show();
  }
  function fill(about) {
    const { text, fields } = places.get(about), found = state.remarks[about] || { judgement: "", text: "" };
    text.value = found.text;
    for (const field of fields) field.checked = field.value === found.judgement;
  }

  const made = () => [...places.keys()].filter((about) => state.remarks[about]);
  function show() {
    const all = made(), count = all.length + state.strays.length;
    for (const [about, { place }] of places) place.classList.toggle("made", about in state.remarks);
    $("desk-rows").replaceChildren(
      ...all.map((about) => row(state.remarks[about], "#" + places.get(about).place.id)),
      ...state.strays.map((one) => row(one, "")),
    );
    $("desk-list").hidden = !count;
    $("desk-empty").hidden = count > 0;
    $("bar-count").hidden = $("bar-save").hidden = !count;
    $("bar-count").textContent = counted("review.count", count);
    if (!kept) status(data.messages["review.unkept"]);
  }
  function row(one, href) {
    const line = element("tr"), first = element("th", "", { scope: "row" });
    first.append(href ? element("a", one.name, { href }) : element("bdi", one.name || one.about));
    if (!href) first.append(" ", element("span", data.messages["review.unknown.note"], { class: "chip doubt" }));
    line.append(first, element("td", judge(one.judgement)), element("td", one.text, { dir: "auto" }));
    return line;
  }

  function save() {
    state.reviewer = $("reviewer").value.trim();
    store();
    if (!state.reviewer) {
      status(data.messages["review.who.missing"]);
      $("reviewer").focus();
      return;
    }
    const remarks = made().map((about) => ({ about, ...state.remarks[about] }));
    const document_ = { format: data.format, edition: data.edition, reviewer: state.reviewer, remarks: [...remarks, ...state.strays] };
    const url = URL.createObjectURL(new Blob([JSON.stringify(document_, null, 1) + "\n"], { type: "application/json" }));
    const name = state.reviewer.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "x";
    const link = element("a", "", { href: url, download: `remarks-${name}-${data.edition.slice(0, 8)}.json` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    status(say("review.saved", { name: link.download }));
  }

  const isText = (value) => typeof value === "string";
  function take(found, file) {
    const fine = found && found.format === data.format && isText(found.edition) && isText(found.reviewer) && Array.isArray(found.remarks)
      && found.remarks.every((one) => one && isText(one.about) && isText(one.judgement) && ("review.judge." + (one.judgement || "none")) in data.messages);
    if (!fine) return say("review.wrong", { name: file });
    let strays = 0;
    for (const one of found.remarks) {
      const given = { judgement: one.judgement, text: isText(one.text) ? one.text : "", name: isText(one.name) ? one.name : one.about };
      if (places.has(one.about)) place(one.about, given, isText(one.reviewer) && one.reviewer || found.reviewer);
      else {
        const stray = { about: one.about, ...given, reviewer: isText(one.reviewer) ? one.reviewer : found.reviewer, edition: isText(one.edition) ? one.edition : found.edition };
        if (!state.strays.some((known) => JSON.stringify(known) === JSON.stringify(stray))) state.strays.push(stray);
        strays += 1;
      }
    }
    if (!state.reviewer && !$("reviewer").value) $("reviewer").value = state.reviewer = found.reviewer.slice(0, 60);
    const parts = [counted("review.loaded", found.remarks.length, { name: file })];
    if (found.edition !== data.edition) parts.push(data.messages["review.other"]);
    if (strays) parts.push(say("review.unknown", { n: digits(strays) }));
    return parts.join(" ");
  }
  // A remark that is here already stays; a different one from the file goes below it, so that none is lost.
  function place(about, given, from) {
    const mine = state.remarks[about];
    if (!mine) state.remarks[about] = { ...given, name: places.get(about).place.dataset.name };
    else if (given.text !== mine.text || given.judgement !== mine.judgement) {
      const added = say("review.from", { who: from, judgement: judge(given.judgement) }) + " " + given.text;
      if (!mine.text.includes(added)) mine.text = (mine.text + "\n" + added).trim();
    }
    fill(about);
  }
  async function load(files) {
    const said = [];
    for (const file of files) {
      let found = null;
      try {
        found = JSON.parse(await file.text());
      } catch {
        // said below: a file that is not ours
      }
      said.push(take(found, file.name));
    }
    store();
    show();
    status(said.join(" "));
  }

  restore();
  document.querySelectorAll("[data-remark]").forEach(build);
  for (const about of places.keys()) fill(about);
  $("reviewer").value = state.reviewer;
  $("reviewer").addEventListener("change", () => { state.reviewer = $("reviewer").value.trim(); store(); });
  $("remark-file").addEventListener("change", async (event) => {
    await load([...event.target.files]);
    event.target.value = "";
  });
  document.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (act === "save") save();
    if (act === "clear" && window.confirm(data.messages["review.sure"])) {
      state.remarks = {};
      state.strays = [];
      store();
      for (const about of places.keys()) fill(about);
      show();
      status(data.messages["review.cleared"]);
    }
  });
  $("desk").hidden = false;
  show();
})();
