/* Making elements. Texts of records become text nodes, never markup. */

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (key === "width") element.style.setProperty("--share", value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/* The children of an element, with those left out that are none. */
const fill = (element, ...children) => element.replaceChildren(...children.filter((child) => child !== null && child !== undefined && child !== false));

const severityWords = ["info", "warning", "error"];
const badge = (severity) => make("span", { class: `badge ${severityWords[severity]}` }, say(severityWords[severity]));

/* A link out of the page, if it is one to the web. */
function linkOut(url, text) {
  if (!url || !/^https?:\/\//i.test(url)) return null;
  return make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text);
}

/* Says something to those who do not see the page change. */
let announced = 0;
function announce(text) {
  clearTimeout(announced);
  announced = setTimeout(() => { byId("said").textContent = text; }, 50);
}

/* A list of which only the rows in sight are in the page. */
class LongList {
  constructor(element, draw) {
    this.element = element;
    this.draw = draw;
    this.items = [];
    this.active = 0;
    this.inner = make("div", { class: "rows", role: "presentation" });
    element.append(this.inner);
    element.addEventListener("scroll", () => this.soon(), { passive: true });
    element.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.soon()).observe(element);
  }

  show(items) {
    this.items = items;
    this.active = Math.min(this.active, Math.max(items.length - 1, 0));
    this.element.setAttribute("aria-rowcount", items.length);
    this.refresh();
  }

  soon() {
    if (!this.waits) {
      this.waits = true;
      requestAnimationFrame(() => { this.waits = false; this.refresh(); });
    }
  }

  sizes() {
    const row = parseFloat(getComputedStyle(this.element).getPropertyValue("--row")) || 70;
    const view = this.element.clientHeight;
    const whole = row * this.items.length;
    /* No browser has elements of any height: of a very long list, a way of the bar is more than one of the rows. */
    const height = Math.min(whole, 8e6);
    const scale = height > view ? (whole - view) / (height - view) : 1;
    return { row, view, whole, height, scale };
  }

  refresh() {
    const { row, view, height, scale } = this.sizes();
    if (!view) return;
    const top = this.element.scrollTop;
    const from = Math.max(Math.floor((top * scale) / row) - 3, 0);
    const to = Math.min(Math.ceil((top * scale + view) / row) + 3, this.items.length);
    const focused = this.inner.contains(document.activeElement) ? document.activeElement : null;
    const had = focused && { at: Number(focused.closest(".row").dataset.at), name: focused.name };
    this.inner.style.setProperty("height", `${height}px`);
    const rows = [];
    for (let at = from; at < to; at++) {
      const element = this.draw(this.items[at], at);
      element.dataset.at = at;
      element.setAttribute("role", "row");
      element.setAttribute("aria-rowindex", at + 1);
      element.tabIndex = at === this.active ? 0 : -1;
      element.style.setProperty("transform", `translateY(${at * row - top * scale + top}px)`);
      rows.push(element);
    }
    this.inner.replaceChildren(...rows);
    if (had) {
      const element = rows.find((one) => Number(one.dataset.at) === had.at);
      const within = element && had.name ? element.querySelector(`[name="${had.name}"]`) : element;
      if (within) within.focus({ preventScroll: true });
      else this.element.focus({ preventScroll: true });
    }
  }

  /* Brings a row into sight and the keyboard to it. */
  go(at, focus) {
    const { row, view, scale } = this.sizes();
    this.active = Math.max(0, Math.min(at, this.items.length - 1));
    const top = this.element.scrollTop * scale;
    const start = this.active * row;
    if (start < top) this.element.scrollTop = start / scale;
    else if (start + row > top + view) this.element.scrollTop = (start + row - view) / scale;
    this.refresh();
    const element = this.inner.querySelector(`[data-at="${this.active}"]`);
    if (focus && element) element.focus({ preventScroll: true });
  }

  key(event) {
    if (event.target.closest("button, input, a") && !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const page = Math.max(Math.floor(this.element.clientHeight / this.sizes().row) - 1, 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (!(event.key in steps) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const step = steps[event.key];
    this.go(step === Infinity ? this.items.length - 1 : step === -Infinity ? 0 : this.active + step, true);
  }
}
