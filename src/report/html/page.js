/* Which view is shown, and what keys and buttons do. */

/* The filters that are set, for an address. */
const usedFilter = () => Object.fromEntries(Object.entries(filter).filter(([key, value]) => value !== NO_FILTER[key]));

function showView() {
  const [view, query] = location.hash.slice(1).split("?");
  const given = Object.fromEntries(new URLSearchParams(query || ""));
  const shown = ["list", "record"].includes(view) ? view : "overview";
  document.body.dataset.view = shown;
  for (const name of ["overview", "list", "record"]) {
    byId(`view-${name}`).hidden = name !== shown;
    const link = byId(`to-${name}`);
    if (link && (name === shown || (name === "list" && shown === "record"))) link.setAttribute("aria-current", "page");
    else if (link) link.removeAttribute("aria-current");
  }
  if (shown === "record") {
    if (order === null && !listed.length) applyFilter();
    showRecord(Number(given.number), given.finding === undefined ? -1 : Number(given.finding));
    return;
  }
  document.title = `${say("Review of records")} · reclint`;
  if (shown === "overview") {
    showOverview();
    window.scrollTo(0, 0);
    return;
  }
  const before = JSON.stringify(filter);
  filter = { ...NO_FILTER };
  for (const key of Object.keys(NO_FILTER)) if (key in given) filter[key] = given[key];
  const isBack = JSON.stringify(filter) === before && shownRecord !== null;
  refreshList(isBack);
  byId("to-list").href = listLink(usedFilter());
  if (isBack) {
    const at = filter.what === "records" ? listed.indexOf(shownRecord) : listed.findIndex((finding) => (shownFinding >= 0 ? finding.number === shownFinding : finding.record === shownRecord));
    if (at >= 0) rows.go(at, true);
  }
}

function setFilter(changes) {
  filter = { ...filter, ...changes };
  history.replaceState(null, "", listLink(usedFilter()));
  byId("to-list").href = listLink(usedFilter());
  refreshList(false);
}

function showNoteCount() {
  /* Notes may be left of findings that are no more. */
  const count = findings.filter((finding) => stateOf(finding) !== "open").length;
  byId("note-count").textContent = count ? ` (${canStore ? numberText(count) : say("{0}, not kept", numberText(count))})` : "";
}

function showExport() {
  const { text, overrides, left } = exportText(byId("export-reason").value.trim() || say("Looked at in the review."));
  byId("export-text").value = text;
  const kept = findings.filter((finding) => stateOf(finding) === KEPT).length;
  const done = findings.filter((finding) => stateOf(finding) === DONE).length;
  byId("export-about").textContent = say("{0} kept as they are, in {1}; {2} mended.", numberText(kept), counted(overrides, "override"), numberText(done)) +
    (left ? ` ${say("{0} cannot be silenced alone: see the end of the text.", counted(left, "group"))}` : "") +
    ` ${say(canStore ? "Notes stay in this browser." : "This browser keeps nothing: save the notes before you leave.")}`;
}

/* Puts the words that stand in the page itself into the reader's language. */
function translate() {
  if (head.language === "en") return;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) => (node.parentElement.closest("script, style, template, noscript") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  while (walker.nextNode()) {
    const { data } = walker.currentNode;
    const words = data.trim();
    if (words) walker.currentNode.data = data.replace(words, () => say(words));
  }
  for (const element of document.body.querySelectorAll("[aria-label], [placeholder], input[value]")) {
    for (const name of ["aria-label", "placeholder", "value"]) {
      if (element.hasAttribute(name)) element.setAttribute(name, say(element.getAttribute(name)));
    }
  }
}

function listen() {
  window.addEventListener("hashchange", showView);
  let typing = 0;
  byId("f-text").addEventListener("input", (event) => {
    clearTimeout(typing);
    typing = setTimeout(() => setFilter({ text: event.target.value }), 150);
  });
  for (const name of ["what", "severity", "rule", "group", "year", "state", "status"]) {
    byId(`f-${name}`).addEventListener("change", (event) => setFilter({ [name]: event.target.value }));
  }
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("f-reset").addEventListener("click", () => { byId("f-text").value = ""; setFilter({ ...NO_FILTER, what: filter.what }); byId("f-text").focus(); });
  byId("f-lacks").addEventListener("click", () => setFilter({ category: "", format: "", lacks: "" }));
  byId("tick-all").addEventListener("click", () => askToTick(listed.slice()));
  byId("tick-dialog").addEventListener("close", (event) => {
    const as = event.target.returnValue;
    if (as && asked.length) {
      tick(asked, as, byId("tick-note").value.trim());
      if (!byId("view-record").hidden) showRecord(shownRecord.number, asked[0].number);
    }
    asked = [];
  });
  byId("open-export").addEventListener("click", () => { showExport(); byId("export-dialog").showModal(); });
  byId("export-close").addEventListener("click", () => byId("export-dialog").close());
  byId("export-reason").addEventListener("input", showExport);
  byId("export-copy").addEventListener("click", () => copy(byId("export-text").value));
  byId("export-save").addEventListener("click", () => {
    const url = URL.createObjectURL(new Blob([byId("export-text").value], { type: "application/toml" }));
    make("a", { href: url, download: "review-notes.toml" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  });
  byId("import-file").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    const count = importText(await file.text());
    event.target.value = "";
    showNoteCount();
    if (!byId("view-list").hidden) refreshList(true);
    showExport();
    byId("export-about").textContent = `${say("Read: {0} ticked off.", counted(count, "finding"))} ` + byId("export-about").textContent;
  });
  document.addEventListener("keydown", keys);
  window.addEventListener("beforeprint", () => { if (!byId("view-list").hidden) byId("printed").replaceChildren(...printedList()); });
  window.addEventListener("afterprint", () => byId("printed").replaceChildren());
}

function keys(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  const isTyping = event.target.closest("input, textarea, select");
  if (event.key === "/" && !isTyping) {
    event.preventDefault();
    if (byId("view-list").hidden) location.hash = listLink(usedFilter());
    setTimeout(() => byId("f-text").focus(), 0);
    return;
  }
  if (!byId("view-record").hidden && !isTyping) {
    const link = { n: "to-next", p: "to-previous" }[event.key];
    if (link && byId(link)) byId(link).click();
    return;
  }
  const row = event.target.closest(".row");
  if (!row) return;
  const item = listed[Number(row.dataset.at)];
  if (event.key === "Enter" && event.target === row) location.hash = recordLink(item.record || item, item.record ? item : null);
  const as = { m: DONE, k: KEPT, u: "open" }[event.key];
  if (as && item.record) {
    event.preventDefault();
    if (as === KEPT) askToTick([item]);
    else tick([item], as);
  }
}

translate();
fillFilters();
listen();
showNoteCount();
byId("about").textContent = `${say("{0} in {1}: {2} · judged as of {3}", counted(real.length, "record"), counted(summary.files, "file"), head.paths.join(", "), head.as_of)} · reclint ${head.version}`;
showView();
document.documentElement.dataset.ready = "true";
