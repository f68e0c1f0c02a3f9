// Elements, numbers and times. All that comes from the server becomes text, never markup.

/** An element; a child is an element, or a text. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const MOMENT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
const SHORT = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

export const number = (value) => WHOLE.format(value);
export const tenths = (value) => TENTHS.format(value);

/** A moment in the reader's zone. */
export const moment = (iso) => (iso ? MOMENT.format(new Date(iso)) : '');

/** Whole percents, none of which is claimed before it is true. */
export const percent = (part, whole) => `${whole > 0 ? Math.min(100, Math.floor((100 * part) / whole)) : 0} %`;

/** A span of seconds in its two largest units. */
export function span(seconds) {
  const units = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const told = [];
  let rest = Math.max(0, Math.round(seconds));
  for (const [length, name] of units) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) told.push(`${count} ${name}`);
    if (told.length === 2) break;
  }
  return told.length === 0 ? '0 s' : told.join(' ');
}

/** A constant as a word. */
export const word = (constant) => constant.toLowerCase().replaceAll('_', ' ');

/** The address of a view. */
export const view = (name, parameters = {}) => {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== ''));
  return `#/${name}${[...query].length ? `?${query}` : ''}`;
};

/**
 * A table whose rows are told anew in place, so that whoever stands on one stays there.
 * A column: title, of(row), and what it is: link(row), number, words, style(row).
 */
export class Grid {
  constructor(caption, columns, key) {
    this.columns = columns;
    this.key = key;
    this.rows = new Map();
    this.body = h('tbody');
    const heads = columns.map((c) => h('th', { scope: 'col', class: c.number ? 'n' : undefined }, c.title));
    this.element = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
      h('table', {}, h('caption', {}, caption), h('thead', {}, h('tr', {}, heads)), this.body));
  }

  show(rows) {
    const keys = new Set(rows.map(this.key));
    for (const [key, row] of this.rows) {
      if (!keys.has(key)) {
        row.remove();
        this.rows.delete(key);
      }
    }
    rows.forEach((row, place) => {
      const key = this.key(row);
      if (!this.rows.has(key)) this.rows.set(key, this.#row(row));
      const element = this.rows.get(key);
      this.columns.forEach((column, at) => this.#fill(element.children[at], column, row));
      if (this.body.children[place] !== element) this.body.insertBefore(element, this.body.children[place] ?? null);
    });
    return this;
  }

  #row(row) {
    return h('tr', {}, this.columns.map((column, at) => h(at === 0 ? 'th' : 'td', { scope: at === 0 ? 'row' : undefined },
      column.link && column.link(row) ? h('a', { href: column.link(row) }) : [])));
  }

  #fill(cell, column, row) {
    const text = String(column.of(row));
    const target = cell.querySelector('a') ?? cell;
    if (target.textContent !== text) target.textContent = text;
    cell.className = [column.number ? 'n' : '', column.words ? 'words' : '', column.style?.(row) ?? ''].join(' ').trim();
  }
}

/** One figure that is told anew in place. */
export class Figure {
  constructor(name, withBar = false) {
    this.value = h('b', {}, '');
    this.note = h('span', { class: 'soft' }, '');
    this.bar = withBar ? h('progress', { max: 1, value: 0, 'aria-label': name }) : undefined;
    this.element = h('li', {}, h('span', {}, name), this.value, this.note, this.bar ?? []);
  }

  show(value, note = '', share = 0) {
    if (this.value.textContent !== value) this.value.textContent = value;
    if (this.note.textContent !== note) this.note.textContent = note;
    if (this.bar) this.bar.value = Math.max(0, Math.min(1, share));
  }
}

/** A drawing of the server's, with its moments in the reader's zone. */
export function drawing(svg) {
  const element = document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true);
  for (const text of element.querySelectorAll('[data-moment]')) {
    text.textContent = SHORT.format(new Date(text.dataset.moment));
  }
  return element;
}
