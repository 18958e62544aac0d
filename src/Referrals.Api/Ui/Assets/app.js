// Everything works without this script; it only adds comfort.
import './live.js';
import './comfort.js';
import './progress.js';
import './drawing.js';
