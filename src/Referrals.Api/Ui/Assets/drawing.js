// Drawing a chain: buttons act without the page jumping, a step saves itself while it is edited, and Ctrl+Z and Ctrl+Y undo and redo.
// What a page answers is always a whole page; the parts of it that changed are taken over. Without script the same forms are sent.
const parse = async (answer) => new DOMParser().parseFromString(await answer.text(), 'text/html');
const body = (form, button) => {
  const data = new FormData(form, button ?? null);
  return form.enctype === 'multipart/form-data' ? data : new URLSearchParams(data);
};

// Puts another page's main part in place of this one's, with its focus and its notice, and begins anew with it.
function show(page, url) {
  const main = page.querySelector('main');
  document.querySelector('main').replaceWith(main);
  document.title = page.title;
  history.replaceState(null, '', url);
  const told = main.querySelector('[data-told]');
  const notice = main.querySelector(':scope > .kern-alert .kern-title');
  if (told && notice) setTimeout(() => { told.textContent = notice.textContent; }, 200);
  (main.querySelector('[data-focus], [autofocus]') ?? main).focus();
  begin();
}

function board(form) {
  let busy = false;
  form.addEventListener('submit', async (e) => {
    e.preventDefault();
    e.stopImmediatePropagation();
    if (busy) return;
    busy = true;
    try {
      const answer = await fetch(form.action, { method: 'POST', body: body(form, e.submitter) });
      show(await parse(answer), answer.url);
    } catch {
      busy = false;
      const field = document.createElement('input');
      Object.assign(field, { type: 'hidden', name: e.submitter?.name ?? '', value: e.submitter?.value ?? '' });
      form.append(field);
      form.submit();
    }
  }, true);
}

// A drop-down on which others hang asks for the fields that fit. What is changed meanwhile is sent again, so that nothing of it is lost.
function adjust(form, button) {
  let [busy, waiting] = [false, null];
  const ask = async () => {
    let [answer, page, more] = [null, null, true];
    while (more) {
      const sent = body(form, button);
      answer = await fetch(form.action, { method: 'POST', body: sent });
      page = await parse(answer);
      more = answer.ok && body(form, button).toString() !== sent.toString();
      if (answer.ok) form.elements.stand.value = page.querySelector('[name=stand]').value;
    }
    return [answer, page];
  };
  form.addEventListener('change', async (e) => {
    if (!e.target.matches('[data-adjusts] select') || busy) return;
    busy = true;
    try {
      const [answer, page] = await ask();
      if (waiting) { delete form.dataset.sent; busy = false; form.requestSubmit(waiting); return; }
      if (!answer.ok && answer.status !== 409) return;
      const id = document.activeElement?.id;
      show(page, answer.url);
      if (id) document.getElementById(id)?.focus();
    } catch { /* The button in the form does the same. */ } finally { busy = false; }
  });
  form.addEventListener('submit', (e) => { if (busy) { e.preventDefault(); waiting = e.submitter; } });
}

// Takes over what is wrong with each field, and leaves alone what is being typed.
function takeFaults(form, page) {
  form.querySelectorAll('.kern-form-input, .kern-fieldset').forEach((old) => {
    const input = old.matches('fieldset') ? old : old.querySelector('input, select, textarea');
    const now = input?.id && page.getElementById(input.id);
    const fresh = now && (now.matches('fieldset') ? now : now.closest('.kern-form-input'));
    if (!fresh || old.matches('[data-fresh]')) return;
    old.className = fresh.className;
    const [before, after] = [old, fresh].map((part) => [...part.children].find((c) => c.matches('.kern-error')));
    before?.remove();
    if (after) old.append(after.cloneNode(true));
    for (const name of ['aria-invalid', 'aria-describedby']) {
      if (now.hasAttribute(name)) input.setAttribute(name, now.getAttribute(name)); else input.removeAttribute(name);
    }
  });
}

function takeFresh(page) {
  document.querySelectorAll('[data-fresh]').forEach((old) => {
    const fresh = page.getElementById(old.id || old.getAttribute('aria-labelledby'))?.closest('[data-fresh]');
    if (fresh && !old.contains(document.activeElement)) old.replaceWith(fresh);
  });
}

function autosave(stand) {
  const [form, told] = [stand.form, stand.form.querySelector('[data-saved]')];
  const [quiet, most] = [1200, 5];
  let [timer, tries, running, again, waiting, unsaved, leaving] = [null, 0, false, false, null, false, false];
  const say = (text) => { told.textContent = text; };
  const save = async () => {
    if (running) { again = true; return; }
    [running, again, unsaved] = [true, false, false];
    try {
      const data = new FormData(form);
      data.set('tun', 'bleiben');
      const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(data) });
      const page = await parse(answer);
      tries = 0;
      if (answer.status === 409) { show(page, answer.url); return; }
      unsaved ||= !answer.ok;
      if (answer.ok) {
        stand.value = page.querySelector('[data-autosave]').value;
        takeFaults(form, page);
        takeFresh(page);
        say(told.dataset.at.replace('{0}', new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' })));
      } else if (answer.status === 422) {
        takeFaults(form, page);
        say(told.dataset.wrong.replace('{0}', page.querySelector('#fehler li')?.textContent.trim() ?? ''));
      } else throw new Error(String(answer.status));
    } catch {
      tries += 1;
      const pause = 2 ** tries;
      unsaved = true;
      say(tries > most ? told.dataset.end : told.dataset.lost.replace('{0}', String(pause)));
      if (tries <= most) timer = setTimeout(save, pause * 1000);
    } finally {
      running = false;
      if (waiting) { delete form.dataset.sent; form.requestSubmit(waiting); } else if (again) plan();
    }
  };
  const plan = () => { clearTimeout(timer); timer = setTimeout(save, quiet); };
  const typed = () => { [tries, unsaved] = [0, true]; plan(); };
  form.addEventListener('input', typed);
  form.addEventListener('change', typed);
  // Who leaves by a link leaves once it is saved; where it can't be, the page says why, and the second press leaves.
  document.addEventListener('click', async (e) => {
    const link = e.target.closest('a[href]');
    const elsewhere = link && (link.origin !== location.origin || link.target || (link.pathname === location.pathname && link.hash));
    if (!link || elsewhere || !unsaved || leaving || !form.isConnected || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.defaultPrevented) return;
    e.preventDefault();
    clearTimeout(timer);
    leaving = true;
    while (running) await new Promise((r) => { setTimeout(r, 50); });
    if (unsaved) await save();
    while (running) await new Promise((r) => { setTimeout(r, 50); });
    if (!unsaved && form.isConnected) location.assign(link.href);
  });
  // Whoever goes another way leaves what was typed behind, if it can be saved.
  window.addEventListener('pagehide', () => {
    if (!unsaved || !form.isConnected) return;
    const data = new FormData(form);
    data.set('tun', 'bleiben');
    fetch(form.action, { method: 'POST', body: new URLSearchParams(data), keepalive: true });
  });
  // What is being saved comes first: else the form would be of an older draft.
  form.addEventListener('submit', (e) => {
    clearTimeout(timer);
    unsaved = false;
    if (running) { e.preventDefault(); waiting = e.submitter; }
  });
}

function begin() {
  document.querySelectorAll('[data-draft] form.draft-board').forEach(board);
  document.querySelectorAll('button[data-adjust]').forEach((b) => adjust(b.form, b));
  document.querySelectorAll('input[data-autosave]').forEach(autosave);
}

document.addEventListener('keydown', (e) => {
  if (!(e.ctrlKey || e.metaKey) || e.altKey || e.target.closest('input, textarea, select, [contenteditable]')) return;
  const key = e.key.toLowerCase();
  const name = key === 'y' || (key === 'z' && e.shiftKey) ? 'redo' : key === 'z' ? 'undo' : null;
  const button = name && document.querySelector(`button[data-shortcut="${name}"]:not([disabled])`);
  if (button) { e.preventDefault(); button.click(); }
});
document.addEventListener('keydown', (e) => {
  const open = e.key === 'Escape' && document.activeElement?.closest('.draft-more[open]');
  if (open) { open.open = false; open.querySelector('summary').focus(); }
});
begin();
