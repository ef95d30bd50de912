// Dragging over free time in the calendar: the slots are marked while the pointer is down, and the page is told the whole range when it lifts.
// A single click stays the scheduler's own. What is dragged of an appointment is the scheduler's as well.
let picked = null;
const slotAt = event => event.target.closest?.('[data-calendar] .rz-slot[data-at]');

const mark = () => {
  for (const slot of document.querySelectorAll('[data-calendar] .rz-slot.picked')) slot.classList.remove('picked');
  for (const slot of picked?.slots ?? []) slot.classList.add('picked');
};

document.addEventListener('pointerdown', event => {
  const slot = event.button === 0 && event.pointerType !== 'touch' && !event.target.closest('.rz-event') && slotAt(event);
  if (slot) picked = { first: slot, column: slot.parentElement, slots: [slot] };
});

document.addEventListener('pointermove', event => {
  if (!picked) return;
  const over = document.elementsFromPoint(event.clientX, event.clientY).find(element => element.matches('.rz-slot[data-at]'));
  if (!over || over.parentElement !== picked.column) return;
  const all = [...picked.column.querySelectorAll(':scope > .rz-slot[data-at]')];
  const [from, until] = [all.indexOf(picked.first), all.indexOf(over)].sort((a, b) => a - b);
  picked.slots = all.slice(from, until + 1);
  mark();
});

document.addEventListener('pointerup', () => {
  if (!picked) return;
  const { slots, column } = picked;
  picked = null;
  mark();
  if (slots.length < 2) return;
  // The click that follows belongs to the range, not to its last slot.
  addEventListener('click', event => event.stopPropagation(), { capture: true, once: true });
  setTimeout(() => dispatchEvent(new Event('click')));
  const field = column.closest('[data-calendar]').querySelector('[data-calendar-range]');
  const grain = 15 * 60000, last = new Date(`${slots.at(-1).dataset.at}Z`);
  field.value = [slots[0].dataset.at, new Date(last.getTime() + grain).toISOString().slice(0, 19), slots[0].dataset.column].join('|');
  field.dispatchEvent(new Event('change', { bubbles: true }));
});

document.addEventListener('pointercancel', () => { picked = null; mark(); });
document.addEventListener('keydown', event => { if (event.key === 'Escape' && picked) { picked = null; mark(); } });

// A slot takes what is dropped on it; without this the browser refuses.
document.addEventListener('dragover', event => { if (event.target.closest?.('[data-calendar] .rz-slot')) event.preventDefault(); });

// Enter on an appointment opens it and no more: the scheduler's grid around it would book the focused time as well.
document.addEventListener('keydown', event => {
  if (!['Enter', ' '].includes(event.key) || !event.target.matches?.('[data-calendar] .rz-event')) return;
  event.preventDefault();
  event.stopPropagation();
  event.target.click();
}, true);
