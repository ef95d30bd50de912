// A scanner types the separator of a GS1 code as Ctrl+], which a field would drop; without it nobody can say where the lot number ends.
document.addEventListener('keydown', event => {
  const field = event.target;
  const isSeparator = event.ctrlKey && !event.altKey && !event.metaKey && (event.key === ']' || event.key === '\u001d' || event.code === 'BracketRight');
  if (!isSeparator || !field.matches?.('input:not([type]), input[type="text"], input[type="search"]') || field.readOnly || field.disabled) return;
  event.preventDefault();
  field.setRangeText('\u241d', field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: '\u241d' }));
}, true);
