// Everything works without this script, which only adds comfort; but for contact cards, that only a browser may seal and open.
import './live.js';
import './card-pages.js';
import './comfort.js';
import './progress.js';
import './drawing.js';
