// Before the first paint, so that a dark page does not flash white. Mantine keeps the choice under this key.
var kept = localStorage.getItem('mantine-color-scheme-value');
var dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
