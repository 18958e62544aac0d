// Small comforts: a letter counter, select all, no double sending, a warning before typed text is lost, single-key shortcuts.
function countLetters(area) {
  const counter = document.getElementById(area.dataset.counter);
  if (!counter) return;
  const show = () => { counter.textContent = counter.dataset.text.replace('{0}', String(area.maxLength - area.value.length)); };
  area.addEventListener('input', show);
  show();
}

function selectAll(box) {
  const all = () => document.querySelectorAll(`input[type=checkbox][name="${box.dataset.all}"]`);
  box.closest('[hidden]')?.removeAttribute('hidden');
  box.addEventListener('change', () => all().forEach((each) => { each.checked = box.checked; each.dispatchEvent(new Event('change', { bubbles: true })); }));
}

// Tells with the form how many were chosen, so that who saw the count in the button isn't asked again.
function sendCount(field) {
  const show = () => { field.value = String(document.querySelectorAll(`input[type=checkbox][name="${field.dataset.chosen}"]:checked`).length); };
  document.addEventListener('change', (e) => { if (e.target.name === field.dataset.chosen) show(); });
  show();
}

// Names the exact count of what is chosen in the button that acts on it.
function nameCount(button) {
  const form = button.form;
  const show = () => {
    const count = document.querySelectorAll(`input[type=checkbox][name="${button.dataset.counts}"]:checked`).length;
    const label = button.querySelector('.kern-label') ?? button;
    label.textContent = count === 0 ? button.dataset.none : count === 1 ? button.dataset.one : button.dataset.many.replace('{0}', String(count));
  };
  document.addEventListener('change', (e) => { if (e.target.name === button.dataset.counts) show(); });
  form?.addEventListener('reset', () => setTimeout(show));
  show();
}

function sendOnce(form) {
  form.addEventListener('submit', (e) => {
    if (form.dataset.sent) { e.preventDefault(); return; }
    form.dataset.sent = 'yes';
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  });
}

function shortcuts() {
  const keys = { '/': 'search', '?': 'help' };
  const rows = () => [...document.querySelectorAll('[data-row-link]')];
  const move = (by) => {
    const all = rows();
    const at = all.indexOf(document.activeElement);
    all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
  };
  document.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey || e.target.closest('input, textarea, select, [contenteditable]')) return;
    if (e.key === 'j') move(1);
    else if (e.key === 'k') move(-1);
    else if (e.key === 'o') document.activeElement?.matches('[data-row-link]') && document.activeElement.click();
    else if (keys[e.key]) {
      const target = document.querySelector(`[data-key="${keys[e.key]}"]`);
      if (!target) return;
      e.preventDefault();
      if (target.tagName === 'A') target.click(); else target.focus();
    }
  });
}

document.querySelectorAll('textarea[data-counter]').forEach(countLetters);
document.querySelectorAll('input[data-all]').forEach(selectAll);
document.querySelectorAll('input[data-chosen]').forEach(sendCount);
document.querySelectorAll('button[data-counts]').forEach(nameCount);
document.querySelectorAll('form[method=post]').forEach(sendOnce);
document.querySelectorAll('[data-print]').forEach((b) => { b.hidden = false; b.addEventListener('click', () => window.print()); });
document.querySelector('[data-focus]')?.focus();
if (document.body.dataset.shortcuts === 'on') shortcuts();
