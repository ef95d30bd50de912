// A draft reaches the server while one types, not only when a field is left; what was entered while the line was down follows when it is back. Nothing is kept in the browser.
const Rest = 1500;
const RestForNumbers = 2500;
const drafts = new Map();

// The page is told of each change with a number, and says the number of the last one that it heard of.
Blazor.registerCustomEventType('drafttold', { browserEventName: 'drafttold', createEventArgs: event => ({ number: event.detail }) });

const draftOf = target => {
  const root = target.closest?.('[data-draft]');
  if (root && !drafts.has(root)) drafts.set(root, watch(root));
  return drafts.get(root);
};

const watch = root => {
  // told: the number of the last change. late: the fields whose change was not answered yet, each with its number. typing: fields that were typed in and not sent, each with its timer.
  const draft = { root, told: +root.dataset.heard, late: new Map(), typing: new Map() };
  new MutationObserver(() => {
    for (const [field, number] of draft.late) if (number <= +root.dataset.heard) draft.late.delete(field);
    show(draft);
  }).observe(root, { attributeFilter: ['data-heard'] });
  for (const known of drafts.keys()) if (!known.isConnected) drafts.delete(known);
  return draft;
};

const show = draft => draft.root.toggleAttribute('data-unsent', draft.late.size + draft.typing.size > 0);

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
  const number = ++draft.told;
  draft.late.set(event.target, number);
  show(draft);
  setTimeout(() => draft.root.dispatchEvent(new CustomEvent('drafttold', { bubbles: true, detail: number })));
});

// The dialog of the lost connection says how things stand.
const dialog = document.getElementById('components-reconnect-modal');
let state = '';
new MutationObserver(() => {
  const now = [...dialog.classList].find(name => name.startsWith('components-reconnect-')) ?? '';
  if (now === state) return;
  state = now;
  if (now === 'components-reconnect-hide') setTimeout(tellAgain, 500);
  if (now === 'components-reconnect-rejected') leave();
}).observe(dialog, { attributeFilter: ['class'] });

const tellAgain = () => {
  for (const draft of drafts.values()) {
    for (const field of [...draft.late.keys()]) tell(draft, field);
  }
};

// The server no longer knows the page. What it has not heard is shown, to be entered anew; otherwise the saved draft is there at once.
const leave = () => {
  const fields = [...drafts.values()].flatMap(draft => [...draft.late.keys(), ...draft.typing.keys()]).filter(field => field.isConnected && !field.matches('[type="radio"]:not(:checked)'));
  if (fields.length === 0) return location.reload();
  const list = dialog.querySelector('[data-unsent-list]');
  list.replaceChildren(...fields.map(field => Object.assign(document.createElement('li'), { textContent: `${field.labels?.[0]?.textContent.trim() ?? field.getAttribute('aria-label') ?? ''}: ${wordOf(field)}` })));
  list.closest('[hidden]')?.removeAttribute('hidden');
};

const wordOf = field => field.type === 'checkbox' || field.type === 'radio' ? (field.checked ? 'ticked' : 'not ticked') : field.selectedOptions?.[0]?.textContent ?? field.value;

// Back in the network: no need to wait for the next try.
addEventListener('online', () => { if (/-(show|failed)$/.test(state)) Blazor.reconnect().catch(() => {}); });
