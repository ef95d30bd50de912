// Signing by finger, pen or mouse: the strokes become an SVG path of whole numbers in the hidden field beside the drawing. Without script the typed name signs.
const longest = 7900;
let stroke = null;

const at = (pad, event) => {
  const box = pad.getBoundingClientRect();
  const { width, height } = pad.viewBox.baseVal;
  const within = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
  return [within((event.clientX - box.left) / box.width * width, width), within((event.clientY - box.top) / box.height * height, height)];
};

const keep = (pad, path) => {
  const field = pad.closest('.sign-pad').querySelector('input');
  pad.querySelector('path').setAttribute('d', path);
  field.value = path;
  field.dispatchEvent(new Event('change', { bubbles: true }));
};

document.addEventListener('pointerdown', event => {
  const pad = event.target.closest?.('[data-sign]');
  if (!pad || !event.isPrimary || event.button > 0) return;
  event.preventDefault();
  pad.setPointerCapture(event.pointerId);
  const [x, y] = at(pad, event);
  stroke = { pad, x, y, path: `${pad.closest('.sign-pad').querySelector('input').value}M${x} ${y}` };
});

document.addEventListener('pointermove', event => {
  if (!stroke || !event.isPrimary || stroke.path.length > longest) return;
  for (const point of event.getCoalescedEvents?.().length ? event.getCoalescedEvents() : [event]) {
    const [x, y] = at(stroke.pad, point);
    const [dx, dy] = [x - stroke.x, y - stroke.y];
    if (dx * dx + dy * dy < 9) continue;
    stroke.path += `l${dx} ${dy}`;
    [stroke.x, stroke.y] = [x, y];
  }
  stroke.pad.querySelector('path').setAttribute('d', stroke.path);
});

for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, event => {
  if (!stroke || !event.isPrimary) return;
  const { pad, path } = stroke;
  stroke = null;
  keep(pad, path);
});

document.addEventListener('click', event => {
  const clear = event.target.closest?.('[data-sign-clear]');
  if (clear) keep(clear.closest('.sign-pad').querySelector('[data-sign]'), '');
});
