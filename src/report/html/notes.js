/* What the reader has decided of findings: kept in the browser, written as overrides, read again. */

const DONE = "done";
const KEPT = "kept";
const STORE = "reclint " + head.identity;

/* By fingerprint: { as: DONE or KEPT, note }. */
const notes = new Map();
let canStore = true;

(function readStore() {
  try {
    const stored = JSON.parse(localStorage.getItem(STORE) || "{}");
    for (const [print, note] of Object.entries(stored)) {
      if (note && (note.as === DONE || note.as === KEPT)) notes.set(print, { as: note.as, note: String(note.note || "") });
    }
  } catch {
    canStore = false;
  }
})();

function store() {
  try {
    localStorage.setItem(STORE, JSON.stringify(Object.fromEntries(notes)));
    canStore = true;
  } catch {
    canStore = false;
  }
}

/* Sets or (with no `as`) takes back what is said of some findings. */
function decide(some, as, note) {
  for (const finding of some) {
    if (as) notes.set(finding.print, { as, note: note === undefined ? (notes.get(finding.print) || { note: "" }).note : note });
    else notes.delete(finding.print);
  }
  store();
}

const stateOf = (finding) => (notes.get(finding.print) || { as: "open" }).as;
const noteOf = (finding) => (notes.get(finding.print) || { note: "" }).note;

/* A text as TOML and JSON have it; DEL is allowed in one of them only. */
const quoted = (text) => JSON.stringify(text).replace(/\u007f/g, "\\u007f");
/* A path as a pattern that takes nothing else. */
const asPattern = (path) => (/^\.\.?\//.test(path) ? "" : "/") + path.replace(/[*?[\]]/g, (sign) => `[${sign}]`);
/* Patterns begin at the configuration's folder, which this page does not know: other paths have none. */
const hasPattern = (path) => path !== "-" && !/^(\/|[A-Za-z]:)/.test(path);

/* The findings that `kept` ones cannot be told apart from: an override takes all of one rule in a record, or in a file. */
function exportGroups() {
  const groups = new Map();
  const groupOf = (finding) => {
    const { id } = finding.record;
    const isById = finding.record.isRecord && id !== null && id.trim() !== "";
    const key = JSON.stringify([isById, isById ? id : finding.path, finding.rule]);
    if (!groups.has(key)) groups.set(key, { isById, name: isById ? id : finding.path, rule: finding.rule, kept: [], others: 0 });
    return groups.get(key);
  };
  for (const finding of findings) if (stateOf(finding) === KEPT) groupOf(finding).kept.push(finding);
  const byId = new Map(), byPath = new Map();
  for (const group of groups.values()) {
    const map = group.isById ? byId : byPath;
    map.set(JSON.stringify([group.name, group.rule]), group);
  }
  for (const finding of findings) {
    if (stateOf(finding) === KEPT) continue;
    const ofId = byId.get(JSON.stringify([finding.record.id, finding.rule]));
    const ofPath = byPath.get(JSON.stringify([finding.path, finding.rule]));
    if (ofId) ofId.others++;
    if (ofPath) ofPath.others++;
  }
  return [...groups.values()];
}

/* What was kept as `[[override]]`s for reclint.toml, and the rest as remarks that this page reads again. */
function exportText(without) {
  const lines = [
    `# From the review page of reclint, ${new Date().toISOString().slice(0, 10)}: ${head.paths.map(quoted).join(", ")}.`,
    "# Put this into the reclint.toml of the folder in which reclint is run. Each entry silences what was looked at and",
    "# is to stay as it is, with the reason. The page reads this file again, too.",
  ];
  const overrides = new Map();
  const left = [];
  for (const group of exportGroups()) {
    if (group.others || !(group.isById || hasPattern(group.name))) { left.push(group); continue; }
    const reason = [...new Set(group.kept.map(noteOf).map((note) => note.trim()).filter(Boolean))].join("; ") || without;
    const key = JSON.stringify([group.isById, group.rule, reason]);
    if (!overrides.has(key)) overrides.set(key, { isById: group.isById, rule: group.rule, reason, names: new Set() });
    overrides.get(key).names.add(group.name);
  }
  for (const { isById, rule, reason, names } of overrides.values()) {
    const list = [...names].map((name) => `    ${quoted(isById ? name : asPattern(name))},\n`).join("");
    lines.push("", "[[override]]", `${isById ? "records" : "paths"} = [\n${list}]`, `rules = [${quoted(head.rules[rule].name)}]`,
      'severity = "off"', `reason = ${quoted(reason)}`);
  }
  if (left.length) {
    lines.push("", "# Not silenced: an override would take other findings of the same rule with it, which are still open, or there is",
      "# neither an identifier nor a path from the folder of reclint.toml to name the record by.");
    for (const group of left) {
      lines.push(`# ${head.rules[group.rule].name} in ${quoted(group.name)}: ${group.others} open`);
      for (const finding of group.kept) lines.push(`#: kept ${finding.print} ${quoted(noteOf(finding))}`);
    }
  }
  const done = findings.filter((finding) => stateOf(finding) === DONE);
  if (done.length) {
    lines.push("", "# Ticked off as mended.");
    const seen = new Set();
    for (const finding of done) {
      if (!seen.has(finding.print)) lines.push(`#: done ${finding.print} ${quoted(noteOf(finding))}`);
      seen.add(finding.print);
    }
  }
  return { text: lines.join("\n") + "\n", overrides: overrides.size, left: left.length };
}

/* The overrides of a TOML text: no more of TOML than they need. */
function readOverrides(toml) {
  const overrides = [];
  let current = null;
  /* White space and remarks; strings; brackets and signs; words. */
  const pattern = /[ \t\r\n]+|#[^\n]*|"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\[\[|\]\]|[[\]=,{}]|[^\s#"'[\]=,{}]+/g;
  const tokens = (toml.match(pattern) || []).filter((token) => !/^[\s#]/.test(token));
  const plain = (token) => {
    if (token.startsWith('"""')) return token.slice(3, -3);
    if (token.startsWith('"')) { try { return JSON.parse(token); } catch { return token.slice(1, -1); } }
    return token.startsWith("'") ? token.slice(1, -1) : token;
  };
  for (let at = 0; at < tokens.length; at++) {
    const isKey = tokens[at + 1] === "=";
    if (tokens[at] === "[[" && tokens[at + 1] === "override") {
      current = { records: [], paths: [], rules: [], severity: "off", reason: "" };
      overrides.push(current);
      at += 2;
    } else if ((tokens[at] === "[" || tokens[at] === "[[") && !isKey) {
      current = null;
    } else if (isKey && current) {
      const key = tokens[at];
      at += 2;
      if (tokens[at] === "[") {
        const values = [];
        for (at++; at < tokens.length && tokens[at] !== "]"; at++) if (tokens[at] !== ",") values.push(plain(tokens[at]));
        current[key] = values;
      } else {
        current[key] = plain(tokens[at] || "");
      }
    }
  }
  return overrides;
}

/* Reads what was exported, or a reclint.toml; gives how many findings it speaks of. */
function importText(toml) {
  const ruleByName = new Map(head.rules.map((rule, number) => [rule.name, number]));
  const wanted = new Map();
  for (const { records: ids, paths, rules, severity, reason } of readOverrides(toml)) {
    if (severity !== "off" || !Array.isArray(ids) || !Array.isArray(paths) || !Array.isArray(rules)) continue;
    for (const rule of rules) {
      for (const id of ids) wanted.set(JSON.stringify(["id", id, ruleByName.get(rule)]), String(reason));
      if (!ids.length) for (const path of paths) wanted.set(JSON.stringify(["path", path, ruleByName.get(rule)]), String(reason));
    }
  }
  const single = new Map();
  for (const line of toml.split("\n")) {
    const found = /^#: (done|kept) ([0-9a-f]{16}) (".*")\s*$/.exec(line);
    if (found) { try { single.set(found[2], { as: found[1], note: JSON.parse(found[3]) }); } catch { /* not ours */ } }
  }
  let count = 0;
  for (const finding of findings) {
    const byId = wanted.get(JSON.stringify(["id", finding.record.id, finding.rule]));
    const byPath = wanted.get(JSON.stringify(["path", asPattern(finding.path), finding.rule]));
    const reason = byId === undefined ? byPath : byId;
    const note = single.get(finding.print) || (reason === undefined ? null : { as: KEPT, note: reason });
    if (note) { notes.set(finding.print, note); count++; }
  }
  store();
  return count;
}
