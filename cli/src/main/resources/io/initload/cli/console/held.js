// Rows that need a person: the reasons, the rows of one, and one row.
import { Grid, h, number, view, word } from './dom.js';
import { ask } from './live.js';

async function groups() {
  const grid = new Grid('Rows that need a person, by reason', [
    { title: 'Code', of: (g) => g.code, link: (g) => view('held/rows', { table: g.table, state: g.state, code: g.code }) },
    { title: 'Table', of: (g) => g.table },
    { title: 'Held back by', of: (g) => (g.state === 'DEAD' ? 'the org' : 'initload, before loading') },
    { title: 'Rows', of: (g) => number(g.rows), number: true },
    { title: 'What helps', of: (g) => g.remedy, words: true },
  ], (g) => JSON.stringify([g.table, g.state, g.code]));
  const none = h('p', { class: 'good' }, 'No row needs a person.');
  const load = async () => {
    const found = await ask('/held');
    grid.show(found);
    none.hidden = found.length > 0;
    grid.element.hidden = found.length === 0;
  };
  await load();
  let known = '';
  return {
    elements: [h('h1', {}, 'Rows that need a person'), none, grid.element],
    update: ({ status }) => {
      const moved = JSON.stringify(status.activity.heldBack);
      if (known !== '' && moved !== known) load().catch(() => {});
      known = moved;
    },
  };
}

async function rows(parameters) {
  const [table, state, code] = ['table', 'state', 'code'].map((name) => parameters.get(name) ?? '');
  const after = Number(parameters.get('after') ?? 0);
  const page = await ask('/held/rows', { table, state, code, after });
  const grid = new Grid(`${code} in ${table}`, [
    { title: 'External id', of: (r) => r.externalId || 'none', link: (r) => view('held/row', { table, id: r.id }) },
    { title: 'Chunk', of: (r) => number(r.chunk), number: true },
    { title: 'Job', of: (r) => r.job },
    { title: 'Tries', of: (r) => number(r.attempts), number: true },
    { title: 'Corrected', of: (r) => (r.corrected ? 'by a person' : '') },
    { title: 'Message', of: (r) => r.message, words: true },
  ], (r) => r.id).show(page);
  const more = page.length === 100
    ? h('a', { href: view('held/rows', { table, state, code, after: page.at(-1).id }) }, 'Next rows') : [];
  return {
    elements: [h('h1', {}, `${code} in ${table}`), h('p', {}, h('a', { href: view('held') }, 'Back to all reasons')),
      page.length === 0 ? h('p', { class: 'soft' }, 'No more rows.') : grid.element,
      h('div', { class: 'buttons' }, after > 0 ? h('a', { href: view('held/rows', { table, state, code }) }, 'First rows') : [], more)],
  };
}

async function row(parameters) {
  const found = await ask('/held/row', { table: parameters.get('table') ?? '', id: parameters.get('id') ?? '' });
  const about = {
    'External id': found.externalId || 'none', State: word(found.state), Code: found.code, Message: found.message,
    'What helps': found.remedy, Chunk: found.chunk, Job: found.job || 'none', Tries: number(found.attempts),
    Corrected: found.corrected ? 'by a person, since it was read' : 'no',
  };
  const fields = new Grid('Fields as they were staged', [
    { title: 'Field', of: (f) => f.name },
    { title: 'Value', of: (f) => (f.cut ? `${f.value} ...` : f.value), style: () => 'value' },
    { title: 'Note', of: (f) => [f.masked ? 'pseudonym' : '', f.cut ? 'cut here' : ''].filter(Boolean).join(', ') },
  ], (f) => f.name).show(found.fields);
  return {
    elements: [h('h1', {}, `A row of ${found.table}`),
      h('p', {}, h('a', { href: view('held/rows', { table: found.table, state: found.state, code: found.code }) }, `Back to ${found.code}`)),
      h('dl', {}, Object.entries(about).map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]).flat()), fields.element],
  };
}

export const held = (parameters, name) => (name === 'held/rows' ? rows(parameters) : name === 'held/row' ? row(parameters) : groups());
