// The whole migration: how far it is, what holds it up, and its tables.
import { Figure, Grid, drawing, h, moment, number, percent, span, tenths, view } from './dom.js';
import { askText } from './live.js';

const BOUNDS = { SOURCE: 'the source', LINE: 'the line', ORG: 'the org', QUOTA: 'the daily allowance' };
const done = (b) => b.created + b.updated + b.deadLettered + b.quarantined;

/** What becomes of a pass, in a word, and how it is coloured. */
function state(pass, books, status) {
  if (status.stopped[pass.name]) return ['stopped', 'bad'];
  if (!books) return ['planned', 'soft'];
  const closed = books.openChunks === 0 && books.openParts === 0 && books.pending === 0;
  if (closed && done(books) === books.snapshotRows) {
    return books.deadLettered + books.quarantined > 0 ? ['done, rows held back', 'held'] : ['done', 'good'];
  }
  if (books.openParts > 0) return ['loading', ''];
  return books.readRows > 0 ? ['reading', ''] : ['waiting', 'soft'];
}

function rows(status) {
  const books = new Map(status.tables.map((b) => [b.table, b]));
  return status.passes.map((pass) => {
    const b = books.get(pass.name);
    const [text, style] = state(pass, b, status);
    return { ...pass, ...(b ?? {}), text, style, finished: b ? done(b) : 0 };
  });
}

const COLUMNS = [
  { title: 'Table', of: (r) => r.name, link: (r) => view('table', { name: r.name }) },
  { title: 'Object', of: (r) => r.object },
  { title: 'State', of: (r) => r.text, style: (r) => r.style },
  { title: 'Done', of: (r) => percent(r.finished, r.snapshotRows ?? 0), number: true },
  { title: 'At snapshot', of: (r) => number(r.snapshotRows ?? 0), number: true },
  { title: 'Read', of: (r) => number(r.readRows ?? 0), number: true },
  { title: 'Created', of: (r) => number(r.created ?? 0), number: true },
  { title: 'Updated', of: (r) => number(r.updated ?? 0), number: true },
  { title: 'Refused', of: (r) => number(r.deadLettered ?? 0), number: true, style: (r) => (r.deadLettered > 0 ? 'bad' : '') },
  { title: 'Quarantined', of: (r) => number(r.quarantined ?? 0), number: true, style: (r) => (r.quarantined > 0 ? 'held' : '') },
  { title: 'Open chunks', of: (r) => `${number(r.openChunks ?? 0)} of ${number(r.chunks ?? 0)}`, number: true },
  { title: 'Jobs', of: (r) => number(r.jobs ?? 0), number: true },
];

function eta(status) {
  if (status.rowsLeft <= 0) return ['nothing is left', ''];
  if (!status.forecast) return ['not known yet', 'no job ended lately'];
  const { soonestSeconds, latestSeconds, boundBy } = status.forecast;
  const [soonest, latest] = [span(soonestSeconds), span(latestSeconds)];
  return [soonest === latest ? `about ${soonest}` : `${soonest} to ${latest}`, `held up by ${BOUNDS[boundBy]}`];
}

class Figures {
  constructor() {
    this.loaded = new Figure('Rows done', true);
    this.pace = new Figure('Pace of the last hour');
    this.eta = new Figure('Left');
    this.work = new Figure('At work');
    this.jobs = new Figure('Jobs in flight', true);
    this.records = new Figure('Records of 24 h', true);
    this.batches = new Figure('Batches of 24 h', true);
    this.held = new Figure('Rows that need a person');
    const all = [this.loaded, this.pace, this.eta, this.work, this.jobs, this.records, this.batches, this.held];
    this.element = h('ul', { class: 'figures', 'aria-label': 'How far it is' }, all.map((f) => f.element));
  }

  show({ status, allowed }) {
    const all = status.tables.reduce((sum, b) => sum + b.snapshotRows, 0);
    const now = status.activity;
    const flying = now.jobsUploading + now.jobsRunning + now.jobsInDoubt;
    const needing = Object.values(now.heldBack).reduce((sum, n) => sum + n, 0);
    this.loaded.show(percent(all - status.rowsLeft, all), `${number(all - status.rowsLeft)} of ${number(all)}`, all ? 1 - status.rowsLeft / all : 0);
    this.pace.show(`${number(status.rowsPerSecond)} rows/s`, `${tenths(now.bytesPerSecond / 1e6)} MB/s sent`);
    this.eta.show(...eta(status));
    this.work.show(now.workers === 0 ? 'nobody' : `${number(now.workers)} processes`,
      `${number(now.chunksReading)} chunks being read, ${number(now.chunksLeft)} to come, ${number(now.partsWaiting)} parts wait`);
    this.jobs.show(`${number(flying)} of ${number(allowed.jobs)}`,
      `${number(now.jobsUploading)} sending, ${number(now.jobsRunning)} with the org, ${number(now.jobsInDoubt)} in doubt`, flying / allowed.jobs);
    this.records.show(percent(status.quota.records, allowed.records),
      `${number(status.quota.records)} of ${number(allowed.records)}`, status.quota.records / allowed.records);
    this.batches.show(percent(status.quota.batches, allowed.batches),
      `${number(status.quota.batches)} of ${number(allowed.batches)}${status.orgBatches ? `; by the org's count ${status.orgBatches}` : ''}`,
      status.quota.batches / allowed.batches);
    this.held.show(number(needing), Object.entries(now.heldBack).sort((a, b) => b[1] - a[1]).slice(0, 3)
      .map(([code, n]) => `${code} ${number(n)}`).join(', '));
  }
}

/** The tables, phase by phase. */
class Phases {
  constructor() {
    this.element = h('div');
    this.grids = new Map();
  }

  show(status) {
    const phases = Map.groupBy ? Map.groupBy(rows(status), (r) => r.phase) : grouped(rows(status));
    for (const [phase, passes] of phases) {
      if (!this.grids.has(phase)) {
        const grid = new Grid(`Phase ${phase}`, COLUMNS, (r) => r.name);
        this.grids.set(phase, grid);
        this.element.append(h('h2', {}, `Phase ${phase}`), grid.element);
      }
      this.grids.get(phase).show(passes);
    }
  }
}

function grouped(passes) {
  const phases = new Map();
  passes.forEach((r) => phases.set(r.phase, [...(phases.get(r.phase) ?? []), r]));
  return phases;
}

/** Asked for again only when jobs ended since. */
class Throughput {
  constructor() {
    this.place = h('div', { class: 'panel' }, 'No job has ended yet.');
    this.numbers = new Grid('Throughput over time', [
      { title: 'From', of: (s) => moment(s.from) },
      { title: 'Jobs ended', of: (s) => number(s.jobs), number: true },
      { title: 'Rows', of: (s) => number(s.rows), number: true },
      { title: 'Refused', of: (s) => number(s.refused), number: true },
      { title: 'MB of gzip', of: (s) => tenths(s.bytes / 1e6), number: true },
    ], (s) => s.from);
    this.element = h('section', { 'aria-label': 'Throughput' }, h('h2', {}, 'Throughput'), this.place,
      h('details', {}, h('summary', {}, 'In numbers'), this.numbers.element));
    this.known = '';
  }

  async show({ spells, seconds }) {
    const known = JSON.stringify([seconds, spells.length, spells.at(-1)]);
    if (spells.length === 0 || known === this.known) return;
    this.known = known;
    this.numbers.show(spells.filter((s) => s.jobs > 0));
    try {
      const chart = drawing(await askText('/throughput.svg'));
      this.place.replaceChildren(h('p', { class: 'soft' }, `Rows a second, in spells of ${span(seconds)}; refused rows in red.`), chart);
    } catch {
      this.known = '';
    }
  }
}

export async function overview() {
  const figures = new Figures();
  const phases = new Phases();
  const throughput = new Throughput();
  const about = h('p', { class: 'soft' }, '');
  const freed = new Grid('When what is used becomes free', [
    { title: 'Until', of: (f) => moment(f.until) },
    { title: 'Records', of: (f) => number(f.records), number: true },
    { title: 'Batches', of: (f) => number(f.batches), number: true },
  ], (f) => f.until);
  const stopped = h('ul', { class: 'bad', 'aria-label': 'Stopped tables', hidden: true });
  const waits = h('ul', { 'aria-label': 'What is waited for', hidden: true });
  const update = (facts) => {
    const { status } = facts;
    figures.show(facts);
    phases.show(status);
    throughput.show(status.throughput);
    freed.show(status.freed);
    const text = `Begun ${moment(status.startedAt)}, read at ${`${status.snapshot.kind} ${status.snapshot.mark}`.trim()}.`;
    if (about.textContent !== text) about.textContent = text;
    const reasons = Object.entries(status.stopped).map(([table, why]) => `${table} is stopped: ${why}`);
    if (stopped.textContent !== reasons.join('')) {
      stopped.replaceChildren(...reasons.map((why) => h('li', {}, why)));
      stopped.hidden = reasons.length === 0;
    }
    const waiting = status.waits.map((wait) => (wait.until ? `${wait.why} It goes on at ${moment(wait.until)}.` : wait.why));
    if (waits.textContent !== waiting.join('')) {
      waits.replaceChildren(...waiting.map((why) => h('li', {}, why)));
      waits.hidden = waiting.length === 0;
    }
  };
  return {
    elements: [h('h1', {}, 'Overview'), about, stopped, waits, figures.element, phases.element, throughput.element,
      h('h2', {}, 'Allowances'), h('details', { class: 'panel' }, h('summary', {}, 'Hour by hour'), freed.element)],
    update,
  };
}
