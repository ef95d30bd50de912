// The person's own choice of light or dark. Runs before the first paint; without a choice the device decides.
(() => {
  const root = document.documentElement;
  const choice = () => { try { return localStorage.getItem('theme'); } catch { return null; } };
  const apply = () => {
    const theme = choice();
    if (theme === 'light' || theme === 'dark') { if (root.dataset.theme !== theme) root.dataset.theme = theme; }
    else if (root.dataset.theme) delete root.dataset.theme;
  };
  apply();
  // An enhanced navigation brings the attributes of <html> back to what the server sent.
  new MutationObserver(apply).observe(root, { attributes: true, attributeFilter: ['data-theme'] });
  document.addEventListener('click', event => {
    if (!event.target.closest('[data-theme-toggle]')) return;
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const now = root.dataset.theme ?? (dark ? 'dark' : 'light');
    const next = now === 'dark' ? 'light' : 'dark';
    try {
      if (next === (dark ? 'dark' : 'light')) localStorage.removeItem('theme'); else localStorage.setItem('theme', next);
      apply();
    } catch { root.dataset.theme = next; }
  });
})();
