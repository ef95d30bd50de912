// The body map: a tap in mm of the drawing however it is zoomed, and zooming and panning, which no server needs to hear of.
const shown = svg => svg.getAttribute('viewBox').split(' ').map(Number);
const whole = svg => svg.dataset.viewBox.split(' ').map(Number);
const mapOf = target => target.closest?.('[data-body-map]');
const perPixel = svg => 1 / svg.getScreenCTM().a;
const placeOf = (svg, event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());

Blazor.registerCustomEventType('maptap', {
  browserEventName: 'click',
  createEventArgs: event => {
    const svg = mapOf(event.target).querySelector('svg');
    const shape = event.target.closest('[data-shape]')?.dataset.shape;
    if (!event.detail) return { shape, reach: 0 };
    const { x, y } = placeOf(svg, event);
    return { x, y, shape, reach: 10 * perPixel(svg) };
  }
});

const show = (svg, x, y, w) => {
  const [, , fullW, fullH] = whole(svg);
  w = Math.min(fullW, Math.max(fullW / 12, w));
  const h = w * fullH / fullW;
  x = Math.min(fullW - w, Math.max(0, x));
  y = Math.min(fullH - h, Math.max(0, y));
  svg.setAttribute('viewBox', [x, y, w, h].map(n => +n.toFixed(2)).join(' '));
  mapOf(svg).toggleAttribute('data-zoomed', w < fullW);
};

// Without a place, towards the side that is worked on.
const zoom = (svg, factor, at) => {
  const [x, y, w, h] = shown(svg);
  const side = svg.querySelector('[aria-pressed="true"]')?.getBBox();
  if (!at && side && factor < 1) return show(svg, side.x + side.width / 2 - w * factor / 2, side.y + side.height / 2 - h * factor / 2, w * factor);
  at ??= { x: x + w / 2, y: y + h / 2 };
  const [, , fullW] = whole(svg);
  const to = Math.min(fullW, Math.max(fullW / 12, w * factor)) / w;
  show(svg, at.x - (at.x - x) * to, at.y - (at.y - y) * to, w * to);
};

document.addEventListener('click', event => {
  const how = event.target.closest?.('[data-zoom]')?.dataset.zoom;
  if (!how) return;
  const svg = mapOf(event.target).querySelector('svg');
  if (how === 'all') show(svg, 0, 0, whole(svg)[2]);
  else zoom(svg, how === 'in' ? 1 / 1.5 : 1.5);
});

// The wheel scrolls the page until the map is zoomed; with Ctrl, or a pinch on a touchpad, it zooms at once.
document.addEventListener('wheel', event => {
  const map = mapOf(event.target);
  if (!map || !(event.ctrlKey || map.hasAttribute('data-zoomed'))) return;
  event.preventDefault();
  const svg = map.querySelector('svg');
  zoom(svg, event.deltaY < 0 ? 1 / 1.2 : 1.2, placeOf(svg, event));
}, { passive: false });

let drag = null;
document.addEventListener('pointerdown', event => {
  const map = mapOf(event.target);
  if (map?.hasAttribute('data-zoomed') && event.target.closest('svg') && event.button === 0) drag = { svg: map.querySelector('svg'), x: event.clientX, y: event.clientY, box: shown(map.querySelector('svg')), moved: false };
});
document.addEventListener('pointermove', event => {
  if (!drag) return;
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  drag.moved ||= Math.hypot(dx, dy) > 8;
  if (drag.moved) show(drag.svg, drag.box[0] - dx * perPixel(drag.svg), drag.box[1] - dy * perPixel(drag.svg), drag.box[2]);
});
for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, () => {
  // What ends a pan is no tap.
  if (drag?.moved) {
    addEventListener('click', event => event.stopPropagation(), { capture: true, once: true });
    setTimeout(() => dispatchEvent(new Event('click')));
  }
  drag = null;
});

// Two fingers zoom and move the map: what they hold stays under them. No tap comes of it.
let pinch = null;
const gripOf = ([a, b]) => ({ clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2, span: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) });
document.addEventListener('touchstart', event => {
  const svg = event.touches.length === 2 && mapOf(event.target)?.querySelector('svg');
  if (!svg || ![...event.touches].every(touch => svg.contains(touch.target))) return;
  event.preventDefault();
  const grip = gripOf(event.touches);
  [drag, pinch] = [null, { svg, held: placeOf(svg, grip), width: shown(svg)[2] * grip.span }];
}, { passive: false });
document.addEventListener('touchmove', event => {
  if (!pinch || event.touches.length !== 2) return;
  event.preventDefault();
  const { svg, held, width } = pinch;
  const grip = gripOf(event.touches);
  const [x, y] = shown(svg);
  show(svg, x, y, width / Math.max(grip.span, 1));
  const at = placeOf(svg, grip);
  const [left, top, w] = shown(svg);
  show(svg, left + held.x - at.x, top + held.y - at.y, w);
}, { passive: false });
for (const end of ['touchend', 'touchcancel']) document.addEventListener(end, event => {
  if (!pinch) return;
  if (event.cancelable) event.preventDefault();
  if (event.touches.length === 0) pinch = null;
}, { passive: false });

document.addEventListener('keydown', event => {
  const map = mapOf(event.target);
  if (!map) return;
  const svg = map.querySelector('svg');
  if (event.target.matches('[data-shape]') && ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Enter', ' ', 'Backspace'].includes(event.key)) event.preventDefault();
  if (event.key === '+') zoom(svg, 1 / 1.5);
  if (event.key === '-') zoom(svg, 1.5);
  if (event.key === '0') show(svg, 0, 0, whole(svg)[2]);
});
