// Tells politely that somebody else changed what this page shows. It never changes the page itself: the reader follows the link.
const bar = document.querySelector('.app-live');
if (bar && bar.dataset.source && 'EventSource' in window) {
  const text = bar.querySelector('[data-text]');
  const link = bar.querySelector('a');
  const source = new EventSource(bar.dataset.source);
  source.addEventListener('changed', (e) => {
    text.textContent = JSON.parse(e.data).text;
    link.href = location.href;
    bar.hidden = false;
  });
  bar.querySelector('button')?.addEventListener('click', () => { bar.hidden = true; });
  link.addEventListener('click', (e) => { e.preventDefault(); location.reload(); });
  window.addEventListener('pagehide', () => source.close());
}
