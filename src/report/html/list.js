/* The work list: filters, search, rows. */

const NO_FILTER = { what: "findings", text: "", severity: "", rule: "", category: "", group: "", year: "", state: "", status: "", format: "", lacks: "" };
let filter = { ...NO_FILTER };
/* What is listed, and its records in order. */
let listed = [];
let order = null;

function fillFilters() {
  const fill = (name, options) => byId(`f-${name}`).replaceChildren(...options.map(([value, text]) => make("option", { value }, text)));
  const bySeverity = countBy(findings, (finding) => finding.severity);
  fill("severity", [["", say("any")], ...[2, 1, 0].map((severity) => [severity, `${say(severityWords[severity])} (${numberText(bySeverity.get(severity) || 0)})`])]);
  const byRule = [...countBy(findings, (finding) => head.rules[finding.rule].name)].sort((one, other) => (one[0] < other[0] ? -1 : 1));
  fill("rule", [["", say("any")], ...byRule.map(([name, count]) => [name, `${name} (${numberText(count)})`])]);
  const byGroup = [...countBy(real, (record) => record.group || "(none)")].sort((one, other) => one[0].localeCompare(other[0]));
  fill("group", [["", say("any")], ...byGroup.slice(0, 2000).map(([name, count]) => [name, `${name === "(none)" ? say(name) : name.length > 60 ? name.slice(0, 59) + "…" : name} (${numberText(count)})`])]);
  const byYear = [...countBy(real, (record) => record.year)].sort((one, other) => other[0] - one[0]);
  fill("year", [["", say("any")], ...byYear.map(([year, count]) => [year || "none", `${year || say("no year")} (${numberText(count)})`])]);
  const states = head.states.map((state, number) => [`s${number}`, say(state.verdict || state.name.replaceAll("-", " "))]);
  const used = new Set(real.flatMap((record) => record.states));
  const unread = records.some(isUnread) ? [["unread", say("not read as records")]] : [];
  fill("state", [["", say("any")], ["ready", say("ready")], ["not-ready", say("not ready")], ...states.filter((_, number) => used.has(number)), ...unread]);
}

/* What can be searched of a record, and of a finding; made when first wanted. */
const searchedRecord = (record) => (record.searched ??= `${record.title || ""}\n${record.id || ""}\n${record.path}`.toLowerCase());
const searchedFinding = (finding) => (finding.searched ??= `${finding.message}\n${finding.value || ""}\n${finding.suggestion || ""}\n${head.rules[finding.rule].name}`.toLowerCase());

function applyFilter() {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const severity = filter.severity === "" ? -1 : Number(filter.severity);
  const rule = head.rules.findIndex((one) => one.name === filter.rule);
  const year = filter.year === "none" ? 0 : Number(filter.year);
  const state = /^s\d+$/.test(filter.state) ? Number(filter.state.slice(1)) : -1;
  const lacks = filter.lacks === "" ? -1 : Number(filter.lacks);
  const format = filter.format === "" ? -1 : Number(filter.format);
  const takesRecord = (record) =>
    (filter.group === "" || (record.isRecord && (record.group || "(none)") === filter.group)) &&
    (filter.year === "" || (record.isRecord && record.year === year)) &&
    (format < 0 || record.format === format) &&
    (lacks < 0 || (record.isRecord && !record.fields.has(lacks))) &&
    (filter.state === "" || (state >= 0 && record.states.includes(state)) ||
      (filter.state === "ready" && record.ready) || (filter.state === "not-ready" && record.isRecord && !record.ready) ||
      (filter.state === "unread" && isUnread(record)));
  const takesFinding = (finding) =>
    (severity < 0 || finding.severity === severity) &&
    (filter.rule === "" || finding.rule === rule) &&
    (filter.category === "" || head.rules[finding.rule].category === filter.category) &&
    (filter.status === "" || stateOf(finding) === filter.status) &&
    words.every((word) => searchedFinding(finding).includes(word) || searchedRecord(finding.record).includes(word));
  const asksFindings = severity >= 0 || filter.rule !== "" || filter.category !== "" || filter.status !== "";
  const asksRecords = filter.group !== "" || filter.year !== "" || filter.state !== "" || lacks >= 0 || format >= 0;
  if (filter.what === "records") {
    const found = (record) => words.every((word) => searchedRecord(record).includes(word)) && !asksFindings;
    listed = records.filter((record) => (record.isRecord || filter.state === "unread") && takesRecord(record) && (found(record) || record.findings.some(takesFinding)));
  } else {
    listed = asksRecords ? findings.filter((finding) => takesRecord(finding.record) && takesFinding(finding)) : findings.filter(takesFinding);
    /* The gravest first; what is as grave stays in the order of the files. */
    listed.sort((one, other) => other.severity - one.severity || one.number - other.number);
  }
  order = null;
}

/* The records of the list, each once. */
function recordsInOrder() {
  return (order ??= filter.what === "records" ? listed : [...new Set(listed.map((finding) => finding.record))]);
}

const recordLink = (record, finding) => `#record?number=${record.number}${finding ? `&finding=${finding.number}` : ""}`;

function tickMark(finding) {
  const state = stateOf(finding);
  return state === "open" ? null : make("span", { class: `tick ${state}` }, `✓ ${say(state === DONE ? "mended" : "kept")}`);
}

function recordWords(record) {
  const place = shortPlaceOf(record);
  return [record.isRecord ? titleOf(record) : null, record.id, record.group, record.year || null, place].filter(Boolean).join(" · ");
}

function findingRow(finding) {
  const what = `${say(severityWords[finding.severity])}: ${finding.message}`;
  return make("div", { class: `row ${stateOf(finding)}` },
    make("div", { role: "cell", class: "first" }, badge(finding.severity), tickMark(finding)),
    make("div", { role: "cell", class: "said" },
      make("a", { href: recordLink(finding.record, finding), tabindex: "-1", ...inEnglish({ class: "message" }) }, finding.message),
      make("span", { class: "meta" }, make("code", {}, head.rules[finding.rule].name), " ", recordWords(finding.record)),
      noteOf(finding) ? make("span", { class: "note" }, noteOf(finding)) : null),
    make("div", { role: "cell", class: "act" },
      make("button", { type: "button", name: "tick", tabindex: "-1", "aria-label": say("Tick off: {0}", what), on: { click: () => askToTick([finding]) } }, say(stateOf(finding) === "open" ? "Tick…" : "Change…"))));
}

function verdictChips(record) {
  const chips = verdictsOf(record).map((state) => make("span", { class: `chip ${state.ready ? "" : "bad"}` }, say(state.verdict)));
  if (record.isRecord) chips.unshift(make("span", { class: `chip ${record.ready ? "good" : "bad"}` }, say(record.ready ? "ready" : "not ready")));
  return chips;
}

function recordRow(record) {
  const counts = [2, 1, 0].map((severity) => [severity, record.findings.filter((finding) => finding.severity === severity).length]);
  return make("div", { class: "row" },
    make("div", { role: "cell", class: "first" }, ...verdictChips(record).slice(0, 1)),
    make("div", { role: "cell", class: "said" },
      make("a", { href: recordLink(record), tabindex: "-1", class: "message" }, titleOf(record)),
      make("span", { class: "meta" }, [record.id, record.group, record.year || null, shortPlaceOf(record)].filter(Boolean).join(" · "), " ", ...verdictChips(record).slice(1))),
    make("div", { role: "cell", class: "act" }, ...counts.filter(([, count]) => count).map(([severity, count]) =>
      make("span", { class: `badge ${severityWords[severity]}`, title: counted(count, severityWords[severity]) }, `${count} ${say(severityWords[severity])[0].toUpperCase()}`))));
}

const rows = new LongList(byId("rows"), (item) => (filter.what === "records" ? recordRow(item) : findingRow(item)));

/* Shows what the filters leave; `stay` keeps the place in the list. */
function refreshList(stay) {
  applyFilter();
  for (const name of ["text", "what", "severity", "rule", "group", "year", "state", "status"]) {
    const field = byId(`f-${name}`);
    if (field.value !== String(filter[name]) && document.activeElement !== field) field.value = filter[name];
    field.closest("label").classList.toggle("set", name !== "what" && filter[name] !== "");
  }
  const others = [];
  if (filter.category) others.push(say("category {0}", say(filter.category)));
  if (filter.format !== "") others.push(say("{0} only", head.formats[Number(filter.format)].title));
  if (filter.lacks !== "") others.push(say("without {0}", head.fields[Number(filter.lacks)].label));
  byId("f-lacks").hidden = !others.length;
  byId("f-lacks").textContent = `${others.join(", ")} ✕`;
  byId("f-lacks").setAttribute("aria-label", say("Take away: {0}", others.join(", ")));
  const isPlain = Object.keys(NO_FILTER).every((key) => key === "what" || filter[key] === "");
  byId("f-reset").hidden = isPlain;
  byId("tick-all").hidden = filter.what === "records" || !listed.length;
  const whole = filter.what === "records" ? real.length : findings.length;
  const noun = filter.what === "records" ? "record" : "finding";
  byId("count").textContent = isPlain ? counted(whole, noun) : say("{0} of {1}", numberText(listed.length), counted(whole, noun));
  byId("rows").setAttribute("aria-label", say(filter.what === "records" ? "Records" : "Findings"));
  byId("rows").classList.toggle("empty", !listed.length);
  if (!stay) { byId("rows").scrollTop = 0; rows.active = 0; }
  rows.show(listed);
}

/* Asks with which note findings are ticked off. */
let asked = [];
function askToTick(some) {
  asked = some;
  byId("tick-what").textContent = some.length === 1 ? some[0].message : say("{0} at once.", counted(some.length, "finding"));
  byId("tick-what").lang = some.length === 1 ? "en" : head.language;
  byId("tick-note").value = some.length === 1 ? noteOf(some[0]) : "";
  byId("tick-open").hidden = some.every((finding) => stateOf(finding) === "open");
  byId("tick-dialog").returnValue = "";
  byId("tick-dialog").showModal();
  byId("tick-note").focus();
}

function tick(some, as, note) {
  decide(some, as === "open" ? null : as, note);
  showNoteCount();
  refreshList(true);
  announce(as === "open" ? say("taken back") : say("{0} ticked off", counted(some.length, "finding")));
}

/* All rows in the page, for paper. */
const MOST_PRINTED = 2000;
function printedList() {
  const line = (item) => {
    const record = item.record || item;
    const said = item.record ? [say(severityWords[item.severity]), head.rules[item.rule].name, item.message + (noteOf(item) ? ` — ${noteOf(item)}` : ""), tickMark(item) || ""]
      : [say(record.ready ? "ready" : "not ready"), counted(record.findings.length, "finding")];
    return make("tr", {}, ...[titleOf(record), record.id || placeOf(record), ...said].map((text) => make("td", {}, text)));
  };
  const more = listed.length > MOST_PRINTED ? make("p", {}, say("The first {0} of {1}.", numberText(MOST_PRINTED), numberText(listed.length))) : null;
  return [make("table", { class: "plain" },
    make("thead", {}, make("tr", {}, ...(filter.what === "records" ? ["title", "record", "state", "findings"] : ["title", "record", "severity", "rule", "message", "ticked"]).map((name) => make("th", { scope: "col" }, say(name))))),
    make("tbody", {}, ...listed.slice(0, MOST_PRINTED).map(line))), more].filter(Boolean);
}
