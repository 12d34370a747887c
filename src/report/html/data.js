/* What was found: read from the blocks of the page into records and findings. */

const byId = (id) => document.getElementById(id);
const readJson = (element) => JSON.parse((element.content || element).textContent);

const head = readJson(byId("head"));
const summary = readJson(byId("summary"));
const ERROR = 2;

/* What an English word or sentence of this page is in the reader's language; `{0}`, `{1}` stand for what is filled in. */
const say = (english, ...given) => (head.words[english] || english).replace(/\{(\d)\}/g, (_, at) => given[at]);
/* Of an element whose text is English, whatever the page is. */
const inEnglish = (attributes) => (head.language === "en" ? attributes : { ...attributes, lang: "en" });

/* Fields by name, and each format's words for them. */
const fieldByName = new Map(head.fields.map((field, number) => [field.name, number]));
head.formats.forEach((format) => { format.labels = new Map(format.fields); });

const records = [];
const findings = [];
const detailBlocks = document.getElementsByClassName("details");

/* A set of fields from its hexadecimal digits. Many records have the same. */
const knownSets = new Map();
function fieldSet(digits) {
  let set = knownSets.get(digits);
  if (!set) {
    set = new Set();
    for (let place = 0; place < digits.length; place++) {
      const bits = parseInt(digits[place], 16);
      for (let bit = 0; bit < 4; bit++) if (bits & (1 << bit)) set.add(place * 4 + bit);
    }
    knownSets.set(digits, set);
  }
  return set;
}

(function readIndex() {
  /* Texts that come again are numbers; one that stands in a list gets the next number. */
  const texts = [];
  const text = (given) => {
    if (typeof given === "number") return texts[given];
    if (Array.isArray(given)) { texts.push(given[0]); return given[0]; }
    return given;
  };
  let path = "";
  let last = null;
  /* What was found in a record only when others had been read. */
  const later = [];
  const blocks = document.getElementsByClassName("index");
  for (let block = 0; block < blocks.length; block++) {
    let at = 0;
    for (const line of readJson(blocks[block])) {
      if (!Array.isArray(line) || typeof line[0] === "string") {
        path = text(line);
      } else if (line[0] === 0) {
        last = {
          isRecord: true, number: records.length, path, byte: line[1], line: line[2], row: line[3], format: line[4],
          id: line[5], title: line[6], group: text(line[7]), year: line[8], states: line[9],
          fields: fieldSet(text(line[10])), block, at: at++, findings: [], worst: -1, ready: true,
        };
        records.push(last);
      } else {
        const finding = {
          path, byte: line[1], rule: line[2], severity: line[3], field: text(line[4]), from: line[5], to: line[6],
          present: line[7], isRound: line[0] === 2, message: text(line[8]), help: text(line[9]), value: line[10], suggestion: line[11],
          pointer: text(line[12]), line: line[13], column: line[14], print: line[15], cell: line[16], record: null, number: 0,
        };
        if (last && last.byte === finding.byte && last.path === path) {
          finding.record = last;
          last.findings.push(finding);
        } else {
          later.push(finding);
        }
      }
    }
  }
  if (later.length) {
    const key = (one) => one.path + "\n" + one.byte;
    const wanted = new Map(later.map((finding) => [key(finding), null]));
    for (const record of records) if (wanted.has(key(record))) wanted.set(key(record), record);
    for (const finding of later) {
      let record = wanted.get(key(finding));
      if (!record) {
        /* Text that is no record: it could not be read, or stands round the records. */
        record = {
          isRecord: false, isRound: finding.isRound, number: records.length, path: finding.path, byte: finding.byte, line: finding.line, row: 0,
          format: -1, id: null, title: null, group: null, year: 0, states: [], fields: new Set(), block: -1, at: 0,
          findings: [], worst: -1, ready: false,
        };
        records.push(record);
        wanted.set(key(finding), record);
      }
      finding.record = record;
      record.findings.push(finding);
    }
  }
  for (const record of records) {
    for (const finding of record.findings) {
      finding.number = findings.length;
      findings.push(finding);
      if (finding.severity > record.worst) record.worst = finding.severity;
    }
    record.ready = record.isRecord && record.worst < ERROR && record.states.every((state) => head.states[state].ready);
  }
})();

/* The last block there is may have come in part. */
const isBlockComing = (number) => document.readyState === "loading" && detailBlocks.length <= number + 1;
const isComing = (record) => record.isRecord && !readBlocks.has(record.block) && isBlockComing(record.block);

/* The text of a block of details. They stand at the end of the page, which may still be coming; none if it ended before. */
async function packedBlock(number) {
  while (isBlockComing(number)) await new Promise((then) => setTimeout(then, 50));
  return detailBlocks[number] ? detailBlocks[number].content.textContent : null;
}

async function unpacked(text) {
  const packed = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/* The values of a record, or null if the page has not come to its end; a block is read when the first of its records is looked at. */
const readBlocks = new Map();
async function detailsOf(record) {
  if (!record.isRecord) return { link: null, values: [] };
  if (!readBlocks.has(record.block)) {
    const text = await packedBlock(record.block);
    if (text === null) return null;
    const block = await unpacked(text).catch(() => null);
    if (block === null) return null;
    if (readBlocks.size > 20) readBlocks.clear();
    readBlocks.set(record.block, block);
  }
  const [link, ...values] = readBlocks.get(record.block)[record.at];
  return { link, values: values.map(([field, entry, from, to, text]) => ({ field, entry, from, to, text })) };
}

const labelOf = (record, field) =>
  (head.formats[record.format] && head.formats[record.format].labels.get(field)) || head.fields[field].label;
const titleOf = (record) => record.title || record.id || say(record.isRecord ? "(no title)" : record.isRound ? "Of the file as a whole" : "Not read as a record");
const placeOf = (record) => `${record.path}:${record.line}`;
const shortPlaceOf = (record) => `${record.path.split("/").pop()}${record.row ? `, ${say("row {0}", record.row)}` : `:${record.line}`}`;
/* The words for the state that a record is in. */
const verdictsOf = (record) => record.states.map((state) => head.states[state]).filter((state) => state.verdict);
const isUnread = (record) => !record.isRecord && !record.isRound;
const numberText = (number) => number.toLocaleString(head.language);
const counted = (number, noun) => `${numberText(number)} ${say(number === 1 ? noun : `${noun}s`)}`;
const share = (part, whole) => (whole ? Math.floor((part * 100) / whole) : 0);
