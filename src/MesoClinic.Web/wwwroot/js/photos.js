// Photos: made smaller here, so that a visit's network carries them; what cannot be read here goes as it is, and the server says what is wrong with it.
const longest = 2400;

const smaller = async (source, width, height, left = 0, top = 0) => {
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  canvas.getContext('2d').drawImage(source, left, top, width, height, 0, 0, canvas.width, canvas.height);
  return await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.9));
};

// The browser turns the picture upright on the way.
const prepared = async file => {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const blob = await smaller(picture, picture.width, picture.height);
    picture.close();
    return blob ?? file;
  } catch { return file; }
};

const tell = (panel, text) => {
  const said = panel.querySelector('[data-photo-said]');
  said.value = text;
  said.dispatchEvent(new Event('change', { bubbles: true }));
};

const send = async (panel, file) => {
  tell(panel, 'busy');
  try {
    const body = await prepared(file);
    const most = Number(panel.dataset.photoMost);
    if (body.size > most) return tell(panel, `no:The file is larger than ${Math.round(most / 1048576)} MB. Take the photo with a lower resolution.`);
    const about = panel.dataset;
    const answer = await fetch(panel.dataset.photoUpload, {
      method: 'POST', body, redirect: 'error',
      // Not in the address: those are written into logs on the way.
      headers: { 'Photo-Patient': about.photoPatient, 'Photo-Moment': about.photoMoment, 'Photo-View': about.photoView, ...(about.photoSession ? { 'Photo-Session': about.photoSession } : {}), 'RequestVerificationToken': panel.querySelector('input[name="__RequestVerificationToken"]')?.value ?? '', 'Content-Type': 'application/octet-stream' },
    });
    const said = await answer.json().catch(() => ({}));
    tell(panel, answer.ok ? 'done' : `no:${said.message ?? 'The photo was not sent. Load the page again.'}`);
  } catch { tell(panel, 'no:The photo was not sent: the connection broke off. Send it again.'); }
};

document.addEventListener('change', event => {
  const input = event.target.closest?.('[data-photo-file]');
  if (!input?.files?.length) return;
  send(input.closest('[data-photo-upload]'), input.files[0]);
  input.value = '';
});

// The camera with the outline of the pose over it.
const off = panel => {
  const video = panel.querySelector('video');
  for (const track of video?.srcObject?.getTracks() ?? []) track.stop();
  if (video) video.srcObject = null;
  panel.querySelector('.cam').hidden = true;
};

document.addEventListener('click', async event => {
  const panel = event.target.closest?.('[data-photo-upload]');
  if (!panel) return;
  if (event.target.closest('[data-camera-on]')) {
    try {
      const video = panel.querySelector('video');
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 2400 } } });
      panel.querySelector('.cam').hidden = false;
      await video.play();
      panel.querySelector('[data-camera-shoot]').focus();
    } catch { tell(panel, 'no:The camera cannot be used here. Allow it in the browser, or choose a file.'); }
  } else if (event.target.closest('[data-camera-off]')) off(panel);
  else if (event.target.closest('[data-camera-shoot]')) {
    const video = panel.querySelector('video');
    // The part that was seen under the outline: three wide, four high.
    const [width, height] = [Math.min(video.videoWidth, video.videoHeight * 3 / 4), Math.min(video.videoHeight, video.videoWidth * 4 / 3)];
    const blob = await smaller(video, width, height, (video.videoWidth - width) / 2, (video.videoHeight - height) / 2);
    off(panel);
    send(panel, blob);
  }
});

// Leaving the page must not leave a camera on.
document.addEventListener('visibilitychange', () => { if (document.hidden) for (const panel of document.querySelectorAll('[data-photo-upload]')) off(panel); });

// One picture over the other: how far the upper one reaches.
document.addEventListener('input', event => {
  const slider = event.target.closest?.('[data-compare] input[type="range"]');
  if (slider) slider.closest('[data-compare]').style.setProperty('--at', `${slider.value}%`);
});
