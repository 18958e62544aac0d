// A page that shows how far something is looks again by itself; when that is over, the page is shown anew. Without script a link does it.
const far = document.querySelector('[data-progress]');
if (far) {
  const every = 1500;
  const look = async () => {
    let over = false;
    if (!document.hidden) {
      try {
        const answer = await fetch(location.href);
        const now = answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-progress]') : far;
        over = !now;
        if (now) {
          const [text, next] = [far.querySelector('[data-text]'), now.querySelector('[data-text]').textContent];
          if (text.textContent !== next) text.textContent = next;
          far.querySelector('progress').value = now.querySelector('progress').value;
        }
      } catch { /* The next look may reach the server again. */ }
    }
    if (over) location.reload(); else setTimeout(look, every);
  };
  setTimeout(look, every);
}
