// One pass over a table: its chunks, page by page, and its jobs.
import { Grid, h, moment, number, view, word } from './dom.js';
import { jobGrid } from './jobs.js';
import { ask } from './live.js';

const STATES = ['PLANNED', 'EXTRACTING', 'STAGED', 'SETTLED'];

const COLUMNS = [
  { title: 'Chunk', of: (c) => number(c.no), number: true },
  { title: 'State', of: (c) => word(c.state), style: (c) => (c.state === 'SETTLED' ? 'good' : '') },
  { title: 'Rows expected', of: (c) => number(c.expectedRows), number: true },
  { title: 'Read', of: (c) => number(c.rowsRead), number: true },
  { title: 'Quarantined', of: (c) => number(c.quarantined), number: true, style: (c) => (c.quarantined > 0 ? 'held' : '') },
  { title: 'Staged', of: (c) => number(c.rowsStaged), number: true },
  { title: 'Read by', of: (c) => c.owner ?? '' },
  { title: 'Changed', of: (c) => moment(c.changedAt) },
];

export async function table(parameters) {
  const name = parameters.get('name') ?? '';
  const state = parameters.get('state') ?? '';
  const after = Number(parameters.get('after') ?? 0);
  const chunks = new Grid(`Chunks of ${name}`, COLUMNS, (c) => c.no);
  const jobs = jobGrid(`Latest jobs of ${name}`);
  const counts = h('p', { class: 'soft' }, '');
  const next = h('a', {}, 'Next chunks');
  const pick = h('select', { id: 'state', onchange: () => { location.hash = view('table', { name, state: pick.value }); } },
    h('option', { value: '' }, 'any state'), STATES.map((s) => h('option', { value: s, selected: s === state }, word(s))));
  const load = async () => {
    const [page, newest] = await Promise.all([ask('/chunks', { table: name, state, after }), ask('/jobs', { table: name })]);
    chunks.show(page.lines);
    jobs.show(newest.slice(0, 20));
    counts.textContent = STATES.filter((s) => page.states[s]).map((s) => `${number(page.states[s])} ${word(s)}`).join(', ') || 'No chunk is planned.';
    const last = page.lines.at(-1);
    next.hidden = page.lines.length < 100;
    if (last) next.href = view('table', { name, state, after: last.no });
  };
  await load();
  let known = '';
  return {
    elements: [h('h1', {}, name), h('p', {}, h('a', { href: '#/' }, 'Back to the overview')), h('h2', {}, 'Chunks'), counts,
      h('div', { class: 'buttons' }, h('label', { for: 'state' }, 'Chunks in'), pick,
        after > 0 ? h('a', { href: view('table', { name, state }) }, 'First chunks') : [], next),
      chunks.element, h('h2', {}, 'Jobs'), h('p', {}, h('a', { href: view('jobs', { table: name }) }, 'All jobs of this table')), jobs.element],
    update: ({ status }) => {
      const moved = JSON.stringify(status.tables.find((b) => b.table === name) ?? {});
      if (known !== '' && moved !== known) load().catch(() => {});
      known = moved;
    },
  };
}
