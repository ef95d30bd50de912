// A draft reaches the server while one types, not only when a field is left; what was entered while the line was down follows when it is back. Nothing is kept in the browser.
const Rest = 1500;
const RestForNumbers = 2500;
const drafts = new Map();

// The page is told of each change and tap with a number, and says the number of the last one that it heard of. Taps that it did not hear are told by name.
Blazor.registerCustomEventType('drafttold', { browserEventName: 'drafttold', createEventArgs: event => event.detail });

const draftOf = target => {
  const root = target.closest?.('[data-draft]');
  if (root && !drafts.has(root)) drafts.set(root, watch(root));
  return drafts.get(root);
};

const watch = root => {
  const told = +root.dataset.heard;
  // told: the number of the last change. late: fields whose change, and taps, that were not answered yet, each with its number. typing: fields that were typed in and not sent, each with its timer.
  // lost: the number of the last change before the line came back.
  const draft = { root, told, lost: told, late: new Map(), typing: new Map() };
  new MutationObserver(() => {
    const heard = +root.dataset.heard;
    // What was entered since the line is back says nothing of what was entered while it was away.
    for (const [what, number] of draft.late) if (number <= heard && (heard <= draft.lost || number > draft.lost)) draft.late.delete(what);
    show(draft);
  }).observe(root, { attributeFilter: ['data-heard'] });
  for (const known of drafts.keys()) if (!known.isConnected) drafts.delete(known);
  return draft;
};

const show = draft => draft.root.toggleAttribute('data-unsent', draft.late.size + draft.typing.size > 0);

const announce = (draft, what, lost = []) => {
  const number = ++draft.told;
  for (const one of what) draft.late.set(one, number);
  show(draft);
  // After the change or tap itself.
  setTimeout(() => draft.root.dispatchEvent(new CustomEvent('drafttold', { bubbles: true, detail: { number, lost } })));
};

const tell = (draft, field) => {
  clearTimeout(draft.typing.get(field));
  draft.typing.delete(field);
  if (field.isConnected) field.dispatchEvent(new Event('change', { bubbles: true }));
  else show(draft);
};

// Words are sent every moment while they grow, numbers when they seem complete.
document.addEventListener('input', event => {
  const field = event.target;
  if (!field.matches('textarea, input[type="text"]:not([role="combobox"])')) return;
  const draft = draftOf(field);
  if (!draft) return;
  const isNumber = field.inputMode === 'decimal' || field.inputMode === 'numeric';
  if (isNumber) clearTimeout(draft.typing.get(field));
  if (isNumber || !draft.typing.has(field)) draft.typing.set(field, setTimeout(tell, isNumber ? RestForNumbers : Rest, draft, field));
  show(draft);
});

document.addEventListener('change', event => {
  const draft = draftOf(event.target);
  if (!draft) return;
  clearTimeout(draft.typing.get(event.target));
  draft.typing.delete(event.target);
  announce(draft, [event.target]);
});

// Zoom, camera and signature pad need no server.
document.addEventListener('click', event => {
  const control = event.target.closest?.('button:not([data-zoom], [data-sign-clear], [data-photo-upload] button), [role="option"], [data-body-map] svg');
  const draft = control && draftOf(control);
  if (draft) announce(draft, [{ id: draft.told + 1, tap: control.matches('svg') ? 'on the map' : wordsOf(control) }]);
});

// The dialog of the lost connection says how things stand.
const dialog = document.getElementById('components-reconnect-modal');
let state = '';
new MutationObserver(() => {
  const now = [...dialog.classList].find(name => name.startsWith('components-reconnect-')) ?? '';
  if (now === state) return;
  state = now;
  if (now === 'components-reconnect-hide') {
    for (const draft of drafts.values()) draft.lost = draft.told;
    // What the server had heard, it says first.
    setTimeout(tellAgain, 500);
  }
  if (now === 'components-reconnect-rejected') leave();
}).observe(dialog, { attributeFilter: ['class'] });

// A field holds what was entered. A tap is not made twice: what lies under it may be another thing by now.
const tellAgain = () => {
  for (const draft of drafts.values()) {
    const late = [...draft.late].filter(([, number]) => number <= draft.lost).map(([what]) => what);
    const taps = late.filter(what => what.tap);
    for (const field of late.filter(what => !what.tap)) {
      draft.late.delete(field);
      if (!field.matches('[type="radio"]:not(:checked)')) tell(draft, field);
    }
    if (taps.length > 0) announce(draft, taps, taps);
    show(draft);
  }
};

// The server no longer knows the page. What it has not heard or not stored is shown, to be entered anew; otherwise the saved draft is there at once.
const leave = () => {
  const unheard = [...drafts.values()].filter(draft => draft.root.isConnected).flatMap(draft => [...draft.late.keys(), ...draft.typing.keys()]);
  const unstored = [...document.querySelectorAll('[data-unstored] :is(textarea, input[type="text"])')].filter(field => field.value.trim());
  const words = [...new Set([...unheard, ...unstored])].filter(what => what.tap || (what.isConnected && !what.matches('[type="radio"]:not(:checked)')))
    .map(what => what.tap ? `Tapped: ${what.tap}` : `${what.labels?.[0]?.textContent.trim() ?? what.getAttribute('aria-label') ?? ''}: ${wordOf(what)}`);
  if (words.length === 0) return location.reload();
  const list = dialog.querySelector('[data-unsent-list]');
  list.replaceChildren(...words.map(textContent => Object.assign(document.createElement('li'), { textContent })));
  list.closest('[hidden]')?.removeAttribute('hidden');
};

const wordsOf = control => (control.getAttribute('aria-label') ?? (control.querySelector('b') ?? control).textContent).replace(/\s+/g, ' ').trim().slice(0, 80);

const wordOf = field => field.type === 'checkbox' || field.type === 'radio' ? (field.checked ? 'ticked' : 'not ticked') : field.selectedOptions?.[0]?.textContent ?? field.value;

// Back in the network: no need to wait for the next try.
addEventListener('online', () => { if (/-(show|failed)$/.test(state)) Blazor.reconnect().catch(() => {}); });
