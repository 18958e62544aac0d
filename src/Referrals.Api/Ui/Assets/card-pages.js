// What the pages do with sealed contact cards: shows the parts that need a script, seals before a form is sent, opens, keeps keys.
import { create, findKey, forgetKey, open, readable, seal, takeFile, works } from './card.js';

const fields = ['name', 'phone', 'mail', 'time', 'note'];
const show = (part, name, value) => part.querySelectorAll(`[data-card-${name}]`).forEach((e) => { e.hidden = e.getAttribute(`data-card-${name}`) !== value; });
const say = (part, ...names) => part.querySelectorAll('[data-card-say]').forEach((e) => { e.hidden = !names.includes(e.dataset.cardSay); });
const contextOf = (part) => ({ assignment: part.dataset.assignment, issue: part.dataset.issue, key: part.dataset.key, until: part.dataset.until });
const inputs = (part) => fields.map((f) => part.querySelector(`input[data-card-field=${f}]`));

// Who sealed to another key before is told: a server could put its own key in the partner's place, and only a comparison shows that.
function sealing(part) {
  const form = part.querySelector('form');
  const remembered = `referrals.card-key.${part.dataset.partner}`;
  const [before, now] = [localStorage.getItem(remembered), part.dataset.key];
  const changed = before !== null && before !== now;
  say(part, ...(before === null ? ['first'] : changed ? ['changed', 'compare'] : ['same']));
  form.addEventListener('submit', async (e) => {
    e.preventDefault();
    e.stopImmediatePropagation();
    const values = Object.fromEntries(fields.map((f, i) => [f, inputs(part)[i].value.trim()]));
    const fault = changed && !part.querySelector('[data-card-compared]').checked ? 'compare' : fields.every((f) => values[f] === '') ? 'empty' : null;
    show(part, 'error', fault);
    if (fault) return;
    try {
      form.elements.versiegelt.value = await seal(values, contextOf(part), part.dataset.public);
      inputs(part).forEach((i) => { i.value = ''; });
      localStorage.setItem(remembered, now);
      form.submit();
    } catch { show(part, 'error', 'failed'); }
  }, true);
}

const post = (url, form) => fetch(url, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'error' });

// Asks for the card only when the key is here, and has it deleted only when it could be opened.
function opening(part) {
  const form = part.querySelector('form');
  let busy = false;
  form.addEventListener('submit', async (e) => {
    e.preventDefault();
    e.stopImmediatePropagation();
    if (busy) return;
    busy = true;
    try { say(part, await openNow(part, form)); } catch { say(part, 'gone'); } finally { busy = false; }
  }, true);
}

async function openNow(part, form) {
  const key = await findKey(part.dataset.key);
  if (!key) return 'missing';
  const answer = await post(form.action, form);
  if (!answer.ok) return 'gone';
  const { sealed } = await answer.json();
  let said = null;
  try { said = await open(sealed, contextOf(part), key); } catch { return 'broken'; }
  for (const f of fields) {
    const place = part.querySelector(`dd[data-card-field=${f}]`);
    place.textContent = said[f] ?? '';
    place.parentElement.hidden = !said[f];
  }
  part.querySelector('[data-card-shown]').hidden = false;
  form.hidden = true;
  return (await post(part.dataset.opened, form).catch(() => null))?.ok ? 'opened' : 'unconfirmed';
}

async function here(part) {
  for (const id of part.dataset.cardKeys.split(' ').filter(Boolean)) {
    const known = Boolean(await findKey(id));
    part.querySelector(`[data-card-here=${id}]`).hidden = !known;
    part.querySelector(`[data-card-away=${id}]`).hidden = known;
  }
}

function making(part) {
  const [words, again] = ['satz', 'satz-wieder'].map((id) => document.getElementById(id));
  part.querySelector('[data-card-make]').addEventListener('click', async (e) => {
    const fault = words.value.length < 12 ? 'short' : words.value !== again.value ? 'differ' : null;
    show(part, 'error', fault);
    if (fault) return;
    e.currentTarget.disabled = true;
    try {
      const made = await create(words.value);
      words.value = again.value = '';
      const file = part.querySelector('[data-card-file]');
      file.href = URL.createObjectURL(new Blob([made.file], { type: 'application/json' }));
      file.download = `kontaktkarten-schluessel-${made.id.slice(1, 9)}.json`;
      part.querySelector('[data-card-print]').textContent = readable(made.id);
      part.querySelector('form').elements.oeffentlich.value = made.publicKey;
      part.querySelector('[data-card-first]').hidden = true;
      part.querySelector('[data-card-second]').hidden = false;
    } catch { show(part, 'error', 'failed'); part.querySelector('[data-card-make]').disabled = false; }
  });
}

function taking(part, all) {
  const [file, words] = ['datei', 'datei-satz'].map((id) => document.getElementById(id));
  part.querySelector('[data-card-take]').addEventListener('click', async () => {
    show(part, 'error', null);
    say(part);
    try {
      await takeFile(file.files[0] ? await file.files[0].text() : '', words.value, all.dataset.cardKeys.split(' '));
      words.value = '';
      say(part, 'taken');
      await here(all);
    } catch (e) { show(part, 'error', e.message === 'words' ? 'words' : 'file'); }
  });
}

if (works) {
  document.querySelectorAll('[data-card-unable]').forEach((e) => { e.hidden = true; });
  document.querySelectorAll('[data-card-seal], [data-card-open], [data-card-create], [data-card-import]').forEach((e) => { e.hidden = false; });
  document.querySelectorAll('[data-card-seal]').forEach(sealing);
  document.querySelectorAll('[data-card-open]').forEach(opening);
  document.querySelectorAll('[data-card-keys]').forEach((all) => {
    here(all);
    all.querySelectorAll('[data-card-create]').forEach(making);
    taking(all.querySelector('[data-card-import]'), all);
    all.querySelectorAll('[data-card-forget]').forEach((b) => b.addEventListener('click', async () => { await forgetKey(b.dataset.cardForget); await here(all); }));
  });
}
