/* A record as its item page would show it, with what was found beside the values. */

/* What stands between backticks is code. */
const withCode = (text) => text.split(/`([^`\n]+)`/).map((part, at) => (at % 2 ? make("code", {}, part) : part));

function findingCard(finding, at) {
  const isAt = at === finding.number;
  const suggestion = finding.suggestion === null ? null : make("dl", { class: "change" },
    make("div", {}, make("dt", {}, say("now")), make("dd", { class: "old" }, finding.value === null || !finding.present ? say("(nothing)") : finding.value)),
    make("div", {}, make("dt", {}, say("probably meant")), make("dd", { class: "new" }, finding.suggestion,
      make("button", { type: "button", class: "small", on: { click: () => copy(finding.suggestion) } }, say("Copy")))));
  return make("article", { class: `finding ${severityWords[finding.severity]} ${stateOf(finding)} ${isAt ? "at" : ""}`, id: `finding-${finding.number}`, tabindex: "-1", "aria-label": `${say(severityWords[finding.severity])}: ${finding.message}` },
    make("p", { class: "message" }, badge(finding.severity), " ", make("span", inEnglish({}), ...withCode(finding.message)), " ", tickMark(finding)),
    suggestion,
    finding.help ? make("p", inEnglish({ class: "help" }), ...withCode(finding.help)) : null,
    noteOf(finding) ? make("p", { class: "note" }, noteOf(finding)) : null,
    make("p", { class: "meta" },
      linkOut(head.rules[finding.rule].url, head.rules[finding.rule].name) || make("code", {}, head.rules[finding.rule].name),
      ` · ${finding.cell || say("line {0}, column {1}", numberText(finding.line), numberText(finding.column))}`,
      finding.pointer && !finding.cell ? ` · ${finding.pointer}` : ""),
    make("p", { class: "actions" },
      make("button", { type: "button", on: { click: () => askToTick([finding]) } }, say(stateOf(finding) === "open" ? "Tick off…" : "Change…"))));
}

/* A value may have several lines; what is blank is said to be. */
const valueText = (text) => (text.trim() === "" ? make("span", { class: "nothing" }, say("(blank)")) : make("span", { class: "value" }, text));

/* The values of a record by field, entries with their parts together. */
function layOut(record, values) {
  const groups = new Map();
  const groupOf = (field) => {
    if (!groups.has(field)) groups.set(field, { field, lines: [], byEntry: new Map(), findings: [] });
    return groups.get(field);
  };
  for (const value of values) {
    const { entry: parent } = head.fields[value.field];
    if (parent === null || value.entry === null) {
      groupOf(value.field).lines.push({ values: [value], findings: [] });
      continue;
    }
    const group = groupOf(parent);
    let line = group.byEntry.get(value.entry);
    if (!line) {
      line = { values: [], findings: [] };
      group.byEntry.set(value.entry, line);
      group.lines.push(line);
    }
    line.values.push(value);
  }
  const whole = [];
  for (const finding of record.findings) {
    const field = finding.field === null ? undefined : fieldByName.get(finding.field);
    if (field === undefined) {
      const around = finding.present ? lineAt(groups, finding, null) : null;
      (around ? around.findings : whole).push(finding);
      continue;
    }
    const { entry } = head.fields[field];
    const own = lineAt(groups, finding, field);
    if (own && finding.present) own.findings.push(finding);
    else groupOf(entry === null ? field : entry).findings.push(finding);
  }
  /* A value that stands in two places is shown once, unless something is to be said of it. */
  for (const group of groups.values()) {
    const seen = new Set();
    group.lines = group.lines.filter((line) => {
      const key = line.values.map((value) => `${value.field} ${value.text}`).join("\n");
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew || line.findings.length > 0;
    });
  }
  const place = new Map(head.formats[record.format] ? head.formats[record.format].fields.map(([field], at) => [field, at]) : []);
  const sorted = [...groups.values()].sort((one, other) => (place.get(one.field) ?? 999) - (place.get(other.field) ?? 999));
  return { whole, groups: sorted };
}

/* The line with the value in which a finding stands, by the bytes of both. */
function lineAt(groups, finding, field) {
  for (const group of groups.values()) {
    for (const line of group.lines) {
      const holds = (value) => value.to > 0 && finding.from < value.to && finding.to > value.from && finding.from >= value.from && (field === null || value.field === field);
      if (line.values.some(holds)) return line;
    }
  }
  return null;
}

/* What a part of an entry is called beside the entry: "ORCID iD", not "creator's ORCID iD". */
function partLabel(record, field) {
  const label = labelOf(record, field);
  const { entry } = head.fields[field];
  const owner = entry === null ? "" : `${labelOf(record, entry)}'s `;
  return owner && label.startsWith(owner) ? label.slice(owner.length) : label;
}

function drawLine(record, line, at, parent) {
  const marked = line.findings.length ? severityWords[Math.max(...line.findings.map((finding) => finding.severity))] : "";
  const more = (value) => typeof value.text === "number";
  const part = (value) => (more(value) ? make("span", { class: "nothing" }, say(value.text === 1 ? "and {0} more value" : "and {0} more values", numberText(value.text))) : valueText(value.text));
  const isEntry = line.values.some((value) => head.fields[value.field].entry !== null);
  const shown = !isEntry ? line.values.map(part) : line.values.map((value, at) => make("span", { class: "part" },
    at === 0 && head.fields[value.field].core && !more(value) ? null : make("span", { class: "part-name" }, partLabel(record, value.field)), " ", part(value)));
  return make("div", { class: `line ${marked}` }, make("div", { class: isEntry ? "parts" : "" }, ...shown), ...line.findings.map((finding) => findingCard(finding, at)));
}

let shownRecord = null;
let shownFinding = -1;

async function showRecord(number, at) {
  const record = records[number];
  const view = byId("view-record");
  if (!record) { view.replaceChildren(make("p", {}, say("There is no such record."))); return; }
  shownRecord = record;
  shownFinding = at;
  if (isComing(record)) view.replaceChildren(make("p", { role: "status" }, say("Reading…")));
  const details = await detailsOf(record);
  /* Meanwhile another one may have been asked for. */
  if (shownRecord !== record) return;
  const { link, values } = details || { link: null, values: [] };
  const { whole, groups } = layOut(record, values);
  const place = recordsInOrder().indexOf(record);
  const to = (step, text) => {
    const other = place < 0 ? undefined : recordsInOrder()[place + step];
    return other ? make("a", { class: "button", href: recordLink(other), rel: step < 0 ? "prev" : "next", id: step < 0 ? "to-previous" : "to-next", "aria-keyshortcuts": step < 0 ? "p" : "n" }, text) : null;
  };
  const facts = [
    [say("Identifier"), record.id], [say("Collection"), record.group], [say("Format"), head.formats[record.format] ? head.formats[record.format].title : null],
    [say("File"), record.row ? `${placeOf(record)} (${say("row {0}", record.row)})` : placeOf(record)],
  ].filter(([, value]) => value);
  const open = record.findings.filter((finding) => stateOf(finding) === "open").length;
  fill(view,
    make("div", { class: "toolbar" }, make("a", { class: "button", href: listLink(usedFilter()) }, say("← Back to the list")), to(-1, say("Previous")), to(1, say("Next")),
      place < 0 ? null : make("span", { class: "meta" }, say("{0} of {1}", numberText(place + 1), numberText(recordsInOrder().length)))),
    make("div", { class: "item-head" },
      make("p", { class: "chips" }, ...verdictChips(record)),
      make("h2", { id: "record-title", tabindex: "-1" }, titleOf(record)),
      make("dl", { class: "facts" }, ...facts.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, String(value))))),
      make("p", { class: "actions" }, linkOut(link, say("Open the live item ↗")), " ",
        record.findings.length ? make("span", { class: "meta" }, say("{0}, {1} open", counted(record.findings.length, "finding"), numberText(open))) : make("span", { class: "meta" }, say("Nothing was found.")))),
    details ? null : make("p", { role: "alert" }, say("The values of this record are missing: the page is not whole. Copy the file again.")),
    whole.length ? make("section", { class: "whole", "aria-label": say("Of the record as a whole") }, ...whole.map((finding) => findingCard(finding, at))) : null,
    make("dl", { class: "item" }, ...groups.map((group) => make("div", { class: `field ${group.lines.length ? "" : "absent"}` },
      make("dt", {}, labelOf(record, group.field)),
      make("dd", {}, group.lines.length || !details ? null : make("span", { class: "nothing" }, say("(not given)")),
        ...group.lines.map((line) => drawLine(record, line, at)),
        ...group.findings.map((finding) => findingCard(finding, at)))))));
  view.dataset.number = number;
  document.title = `${titleOf(record)} · reclint`;
  const target = at >= 0 ? byId(`finding-${at}`) : null;
  (target || byId("record-title")).focus({ preventScroll: true });
  if (target) target.scrollIntoView({ block: "center" });
  else window.scrollTo(0, 0);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    announce(say("copied"));
  } catch {
    const area = make("textarea", {}, text);
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
