// Which view is shown, and what all of them share.
import { certificate } from './certificate.js';
import { h, moment } from './dom.js';
import { held } from './held.js';
import { jobs } from './jobs.js';
import { ask, letIn, listen } from './live.js';
import { overview } from './overview.js';
import { table } from './table.js';

const VIEWS = { '': overview, table, jobs, held, 'held/rows': held, 'held/row': held, certificate };
const NAMES = { '': 'overview', table: 'overview', 'held/rows': 'held', 'held/row': 'held' };
const PATIENCE = 5000;

const main = document.getElementById('main');
const trouble = document.getElementById('trouble');
const connection = document.getElementById('connection');
let last;
let current = () => {};
let shown = 0;

function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function troubled(text) {
  say(trouble, text);
  trouble.hidden = text === '';
}

function heard(facts) {
  last = facts;
  troubled('');
  say(document.getElementById('migration'), facts.status.migration);
  say(document.getElementById('instance'), `into ${facts.status.instance}`);
  connection.title = `as of ${moment(facts.at)}`;
  current(facts);
}

function where() {
  const [name, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return [name in VIEWS ? name : '', new URLSearchParams(query)];
}

async function show() {
  const number = ++shown;
  const [name, parameters] = where();
  current = () => {};
  for (const link of document.querySelectorAll('nav a')) {
    if (link.dataset.view === (NAMES[name] ?? name)) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  try {
    const made = await VIEWS[name](parameters, name);
    if (number !== shown) return;
    main.replaceChildren(...made.elements);
    document.title = `${main.querySelector('h1').textContent} - initload console`;
    current = made.update ?? (() => {});
    if (last) current(last);
    main.focus({ preventScroll: true });
  } catch (refused) {
    if (number === shown) fail(refused);
  }
}

function fail(refused) {
  if (refused.status === 401) {
    askForToken();
    return;
  }
  main.replaceChildren(h('h1', {}, 'This cannot be shown'), h('p', {}, refused.message), h('p', {}, refused.remedy ?? ''),
    h('div', { class: 'buttons' }, h('button', { type: 'button', onclick: begin }, 'Try again')));
  main.focus();
}

function askForToken() {
  const said = h('p', { role: 'alert', class: 'bad' });
  const input = h('input', { id: 'token', type: 'password', autocomplete: 'off', required: true });
  const enter = async (event) => {
    event.preventDefault();
    if (await letIn(input.value.trim())) begin();
    else said.textContent = 'This is not the token.';
  };
  main.replaceChildren(h('h1', {}, 'Token'), h('p', {}, 'The command printed it, or its file holds it.'),
    h('form', { onsubmit: enter }, h('div', { class: 'buttons' }, h('label', { for: 'token' }, 'Token'), input,
      h('button', { type: 'submit' }, 'Enter'))), said);
  input.focus();
}

async function begin() {
  try {
    heard(await ask('/facts'));
  } catch (refused) {
    fail(refused);
    return;
  }
  listen({
    facts: heard,
    trouble: (told) => troubled(`${told.code}: ${told.message} Next: ${told.remedy}`),
    connection: (text) => say(connection, text),
    closed: () => {
      say(connection, 'Not connected, trying again');
      setTimeout(begin, PATIENCE);
    },
  });
  window.addEventListener('hashchange', show);
  await show();
}

async function start() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token) {
    history.replaceState(null, '', '#/');
    await letIn(token);
  }
  await begin();
}

// The address says which view is shown, so it does not change when the content is gone to.
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
start();
