/* The overview: how many are ready, what was found, what is filled in. */

const MOST_BARS = 30;

function countBy(list, key) {
  const counts = new Map();
  for (const one of list) {
    const name = key(one);
    counts.set(name, (counts.get(name) || 0) + 1);
  }
  return counts;
}
const largestFirst = (counts) => [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));

/* Bars as a table: a name, a number, how long it is. */
function bars(title, heads, rows, kind) {
  if (!rows.length) return null;
  const most = Math.max(...rows.map((row) => row.part));
  const line = ({ name, link, number, part, mark, whole }) => make("tr", {},
    make("th", { scope: "row" }, link ? make("a", { href: link }, name) : name),
    make("td", { class: "bar" }, make("span", { class: `fill ${mark || ""}`, width: `${((part * 100) / (whole || most || 1)).toFixed(2)}%` })),
    make("td", { class: "number" }, number));
  return make("figure", { class: `panel ${kind || ""}` },
    make("table", { class: "bars" },
      make("caption", {}, title),
      make("thead", { class: "unseen" }, make("tr", {}, make("th", { scope: "col" }, say(heads[0])), make("th", { scope: "col" }, say("as a bar")), make("th", { scope: "col" }, say(heads[1])))),
      make("tbody", {}, ...rows.map(line))));
}

const real = records.filter((record) => record.isRecord);
const listLink = (filter) => "#list?" + new URLSearchParams(filter);

function tiles() {
  const tile = (number, words, filter, kind) => make("a", { class: `tile ${kind}`, href: listLink({ what: "records", ...filter }) },
    make("strong", {}, numberText(number)), " ", make("span", {}, say(words)));
  const ready = real.filter((record) => record.ready).length;
  const some = [
    tile(real.length, real.length === 1 ? "record" : "records", {}, ""),
    tile(ready, "ready", { state: "ready" }, "good"),
    tile(real.length - ready, "not ready", { state: "not-ready" }, "bad"),
  ];
  head.states.forEach((state, number) => {
    const count = real.filter((record) => record.states.includes(number)).length;
    if (state.verdict && count) some.push(tile(count, state.verdict, { state: `s${number}` }, ""));
  });
  const others = records.filter(isUnread).length;
  if (others) some.push(tile(others, "not read as records", { state: "unread" }, "bad"));
  return make("div", { class: "tiles" }, ...some);
}

function foundPanels() {
  const bySeverity = countBy(findings, (finding) => finding.severity);
  const severities = [2, 1, 0].filter((severity) => bySeverity.get(severity)).map((severity) => ({
    name: say(severityWords[severity]), link: listLink({ severity }), number: numberText(bySeverity.get(severity)), part: bySeverity.get(severity), mark: severityWords[severity],
  }));
  const byCategory = largestFirst(countBy(findings, (finding) => head.rules[finding.rule].category)).map(([name, count]) => ({
    name: say(name), link: listLink({ category: name }), number: numberText(count), part: count,
  }));
  const worst = new Map();
  for (const finding of findings) worst.set(finding.rule, Math.max(worst.get(finding.rule) || 0, finding.severity));
  const byRule = largestFirst(countBy(findings, (finding) => finding.rule));
  const rules = byRule.slice(0, MOST_BARS).map(([rule, count]) => ({
    name: head.rules[rule].name, link: listLink({ rule: head.rules[rule].name }), number: numberText(count), part: count, mark: severityWords[worst.get(rule)],
  }));
  const title = byRule.length > MOST_BARS ? say("Findings by rule, the {0} most frequent of {1}", MOST_BARS, byRule.length) : say("Findings by rule");
  return [
    bars(say("Findings by severity"), ["severity", "findings"], severities),
    bars(say("Findings by category"), ["category", "findings"], byCategory),
    bars(title, ["rule", "findings"], rules, "tall"),
  ];
}

/* How many of some records have each field. */
function filled(some, fields) {
  const bySet = countBy(some, (record) => record.fields);
  return fields.map((field) => {
    let count = 0;
    for (const [set, records] of bySet) if (set.has(field)) count += records;
    return count;
  });
}

function completeness(format) {
  const own = real.filter((record) => record.format === format);
  const { title, fields: mapped, labels } = head.formats[format];
  const all = mapped.map(([field]) => field);
  const counts = filled(own, all);
  const known = all.filter((_, at) => counts[at] > 0);
  const nowhere = all.filter((_, at) => counts[at] === 0);
  const name = (field) => {
    const { entry } = head.fields[field];
    const label = labels.get(field), owner = labels.get(entry);
    return entry === null || !owner ? label : `${owner}: ${label.startsWith(`${owner}'s `) ? label.slice(owner.length + 3) : label}`;
  };
  const rows = known.map((field) => {
    const count = counts[all.indexOf(field)];
    const lacks = own.length - count;
    return {
      name: name(field), link: lacks ? listLink({ what: "records", lacks: field, format }) : null,
      number: `${share(count, own.length) || "< 1"} %`, part: count, whole: own.length, mark: lacks ? "" : "full",
    };
  });
  const panel = bars(say(own.length === 1 ? "Filled in, of {0} record of {1}" : "Filled in, of {0} records of {1}", numberText(own.length), title), ["field", "records that have it"], rows, "tall");
  if (panel && nowhere.length) {
    panel.append(make("p", { class: "aside" }, say("In none of them: {0}.", nowhere.map(name).join(", "))));
  }
  const main = known.filter((field) => head.fields[field].entry === null);
  return make("div", { class: "panels uneven" }, panel, heatMap(own, main, name));
}

const MOST_YEARS = 20;

/* By year of issue, how many records have each field. */
function heatMap(own, fields, name) {
  const byYear = new Map();
  for (const record of own) {
    if (!byYear.has(record.year)) byYear.set(record.year, []);
    byYear.get(record.year).push(record);
  }
  const years = [...byYear.keys()].filter(Boolean).sort((one, other) => one - other);
  if (years.length < 2) return null;
  const columns = years.slice(-MOST_YEARS).map((year) => ({ name: String(year), link: listLink({ what: "records", year }), some: byYear.get(year) }));
  const early = years.slice(0, -MOST_YEARS).flatMap((year) => byYear.get(year));
  if (early.length) columns.unshift({ name: say("before"), link: null, some: early });
  if (byYear.get(0)) columns.push({ name: say("none"), link: listLink({ what: "records", year: "none" }), some: byYear.get(0) });
  const counts = columns.map(({ some }) => filled(some, fields));
  const cell = (field, at, column) => {
    const part = share(counts[column][at], columns[column].some.length);
    return make("td", { class: `heat h${Math.floor(part / 10)}`, title: say("{0}, {1}: {2} of {3}", name(field), columns[column].name, counts[column][at], columns[column].some.length) }, String(part));
  };
  return make("figure", { class: "panel" },
    make("div", { class: "across", tabindex: "0", role: "region", "aria-label": say("Filled in by year of issue") },
      make("table", { class: "map" },
        make("caption", {}, say("Filled in by year of issue, in per cent of the year's records")),
        make("thead", {}, make("tr", {}, make("th", { scope: "col" }, say("field")), ...columns.map(({ name: year, link, some }) =>
          make("th", { scope: "col", title: counted(some.length, "record") }, link ? make("a", { href: link }, year) : year)))),
        make("tbody", {}, ...fields.map((field, at) => make("tr", {}, make("th", { scope: "row" }, name(field)), ...columns.map((_, column) => cell(field, at, column))))))));
}

const MOST_GROUPS = 100;

function collections() {
  const groups = new Map();
  for (const record of real) {
    const name = record.group === null ? "" : record.group;
    if (!groups.has(name)) groups.set(name, { records: 0, ready: 0, found: [0, 0, 0] });
    const group = groups.get(name);
    group.records++;
    group.ready += record.ready ? 1 : 0;
    for (const finding of record.findings) group.found[finding.severity]++;
  }
  if (groups.size < 2 && groups.has("")) return null;
  const sorted = [...groups].sort((one, other) => other[1].records - one[1].records);
  const row = ([name, group]) => make("tr", {},
    make("th", { scope: "row" }, make("a", { href: listLink({ what: "records", group: name || "(none)" }) }, name || say("(none)"))),
    ...[group.records, group.ready, group.found[2], group.found[1], group.found[0]].map((number) => make("td", { class: "number" }, numberText(number))));
  const title = sorted.length > MOST_GROUPS ? say("By collection, the {0} largest of {1}", MOST_GROUPS, numberText(sorted.length)) : say("By collection");
  return make("figure", { class: "panel tall" },
    make("div", { class: "across capped", tabindex: "0", role: "region", "aria-label": say("By collection") },
      make("table", { class: "plain" },
        make("caption", {}, title),
        make("thead", {}, make("tr", {}, ...["collection", "records", "ready", "errors", "warnings", "infos"].map((name) => make("th", { scope: "col" }, say(name))))),
        make("tbody", {}, ...sorted.slice(0, MOST_GROUPS).map(row)))));
}

function aside() {
  // Rules of which the same is to be said are named together.
  const lacks = new Map();
  for (const { rule, records, reason, remedy } of summary.not_judged) {
    const said = JSON.stringify([records, `${reason}; ${remedy}.`]);
    lacks.set(said, [...(lacks.get(said) || []), rule]);
  }
  const some = [...lacks].map(([said, rules]) => {
    const [records, why] = JSON.parse(said);
    return [say("Not judged on {0}: {1}", counted(records, "record"), rules.join(", ")), " – ", make("span", inEnglish({}), why)];
  });
  for (const other of summary.passed_over) some.push([say("Passed over: {0} × {1} {2}.", numberText(other.count), other.format, other.what)]);
  for (const cut of summary.cut || []) some.push([say("{0}: {1} of {2} findings are on this page (--max-findings-per-rule).", cut.rule, numberText(cut.written), numberText(cut.total))]);
  return some.length ? make("div", { class: "panel" }, make("h2", {}, say("To be known")), make("ul", {}, ...some.map((parts) => make("li", {}, ...parts)))) : null;
}

let drawn = false;
function showOverview() {
  if (drawn) return;
  drawn = true;
  const view = byId("view-overview");
  const formats = largestFirst(countBy(real, (record) => record.format)).map(([format]) => format);
  const below = make("div", {});
  const draw = (format) => below.replaceChildren(completeness(format));
  const choice = formats.length < 2 ? null : make("label", { class: "choice" }, `${say("Filled in, of the records of")} `,
    make("select", { id: "which-format", on: { change: (event) => draw(Number(event.target.value)) } },
      ...formats.map((format) => make("option", { value: format }, head.formats[format].title))));
  const [severities, categories, rules] = foundPanels();
  fill(view, tiles(),
    make("div", { class: "panels" }, make("div", {}, severities, categories, collections()), rules),
    choice, below, aside());
  if (formats.length) draw(formats[0]);
}
