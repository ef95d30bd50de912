// What no server can do: keys that would otherwise leave a list, and the way back after a lost connection.
document.addEventListener('keydown', event => {
  const list = event.target.closest?.('[role="combobox"][aria-autocomplete="list"]');
  if (list && ['Enter', 'ArrowDown', 'ArrowUp'].includes(event.key) && !event.isComposing) event.preventDefault();
  if (event.key === 'Escape') event.target.closest?.('details.menu[open]')?.removeAttribute('open');
}, true);

// Choosing from a list must not take the focus out of its field: the list would close before the click arrives.
document.addEventListener('mousedown', event => { if (event.target.closest?.('.combo-list [role="option"]')) event.preventDefault(); });

document.addEventListener('click', async event => {
  for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target)) menu.removeAttribute('open');
  const jump = event.target.closest('.summary a, a.skip, a.jump');
  if (jump) {
    const target = document.getElementById(jump.hash.slice(1));
    const control = target?.matches('fieldset') ? target.querySelector('input') : target;
    if (control) { event.preventDefault(); control.focus(); control.scrollIntoView({ block: 'center' }); }
  }
  if (event.target.closest('[data-reload]')) location.reload();
  if (event.target.closest('[data-print]')) print();
  if (!event.target.closest('[data-reconnect]')) return;
  // false: the server is there but has ended the circuit; an error: the server is not there yet, the dialog stays.
  const back = await Blazor.reconnect().catch(() => undefined);
  if (back !== false) return;
  if (document.querySelector('[data-draft]')) document.getElementById('components-reconnect-modal').className = 'components-reconnect-rejected';
  else location.reload();
});

// One tick for all ticks of its table.
document.addEventListener('change', event => {
  if (!event.target.matches('[data-tick-all]')) return;
  for (const tick of event.target.closest('table').querySelectorAll('tbody input[type="checkbox"]')) tick.checked = event.target.checked;
});

// A form is sent once: the second press of an impatient finger does nothing.
document.addEventListener('submit', event => {
  if (event.target.method !== 'post' || event.target.hasAttribute('data-many')) return;
  const button = event.submitter;
  // A live page answers within itself and says by itself that it is busy: there only the second half of a double press is stopped.
  if (button) setTimeout(() => {
    const live = event.defaultPrevented && !event.target.hasAttribute('data-enhance');
    button.disabled = true;
    setTimeout(() => { button.disabled = false; }, live ? 700 : 4000);
  });
});
document.addEventListener('keydown', event => {
  const open = event.key === 'Escape' && document.querySelector('details[data-escape][open]');
  if (open) { open.open = false; open.querySelector('summary').focus(); }
});
addEventListener('pageshow', event => { if (event.persisted) for (const button of document.querySelectorAll('button[type="submit"]:disabled')) button.disabled = false; });

// Idle time is told by what a person does, not by an open connection: while somebody types or points, the server hears of it once a minute.
let heardAt = Date.now();
for (const act of ['pointerdown', 'keydown', 'scroll']) addEventListener(act, () => {
  if (Date.now() - heardAt < 60000 || location.pathname.startsWith('/account/')) return;
  heardAt = Date.now();
  fetch('/account/active', { method: 'POST', redirect: 'manual' }).catch(() => {});
}, { capture: true, passive: true });
