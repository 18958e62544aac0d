// Tells politely that somebody else changed what this page shows. It never changes the page itself: the reader follows the link to it.
// Only a page that is looked at listens; when it is looked at again it asks for what it missed.
const bar = document.querySelector('.app-live');
if (bar?.dataset.source && 'EventSource' in window) {
  const text = bar.querySelector('[data-text]');
  const start = new URL(bar.dataset.source, location.href);
  const later = 60_000;
  let source = null;
  let timer = null;
  let dismissed = '';

  // An id says that up to there nothing concerned this page.
  const seen = (e) => { if (e.lastEventId) start.searchParams.set('ab', e.lastEventId); };
  const show = (e) => {
    const told = JSON.parse(e.data).text;
    if (told === dismissed || (text.textContent === told && !bar.hidden)) return;
    text.textContent = told;
    bar.hidden = false;
  };
  const stop = () => { clearTimeout(timer); source?.close(); source = null; };
  const listen = () => {
    stop();
    source = new EventSource(start);
    source.addEventListener('alive', seen);
    source.addEventListener('changed', show);
    // The browser connects again by itself unless it was turned away, such as for too many pages at once.
    source.addEventListener('error', () => { if (source?.readyState === EventSource.CLOSED) timer = setTimeout(listen, later); });
  };

  bar.querySelector('button')?.addEventListener('click', () => { dismissed = text.textContent; bar.hidden = true; });
  document.addEventListener('visibilitychange', () => { if (document.hidden) stop(); else listen(); });
  window.addEventListener('pagehide', stop);
  window.addEventListener('pageshow', (e) => { if (e.persisted) listen(); });
  if (!document.hidden) listen();
}
