// Draws a timeline: stacked probabilities, a ribbon of what is claimed, the time, and the position of the playback.

export const COLOURS = {
  neutral: "#999999", calm: "#009E73", happy: "#F0E442", sad: "#0072B2", angry: "#D55E00", fearful: "#CC79A7",
  disgust: "#E69F00", surprised: "#56B4E9",
};
const RIBBON = 30; // pixels
const AXIS = 18; // pixels, for the time below the ribbon
const APART = 70; // pixels between two times at least
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600]; // seconds
const LETTERS = { surprised: "U", pleasant: "+", unpleasant: "−" };

export function drawTimeline(canvas, result, playedSeconds) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth, height = canvas.clientHeight - AXIS;
  canvas.width = width * ratio;
  canvas.height = canvas.clientHeight * ratio;
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  const style = getComputedStyle(document.documentElement);
  const text = style.getPropertyValue("--text");
  const at = (seconds) => width * seconds / result.audio.seconds;
  for (const entry of result.timeline) {
    const left = at(entry.start), wide = Math.max(1, at(entry.end) - left + 0.5);
    if (entry.scores) stack(pen, entry, left, wide, height - RIBBON);
    else if (entry.state === "gap") hatch(pen, left, wide, height, text);
  }
  ribbon(pen, result.timeline, at, height, text);
  times(pen, result.audio.seconds, at, { width, height, text });
  pen.fillStyle = text;
  pen.fillRect(Math.min(at(playedSeconds), width - 1), 0, 1.5, height);
}

function stack(pen, entry, left, wide, height) {
  let top = height;
  for (const [label, value] of Object.entries(entry.scores)) {
    pen.fillStyle = COLOURS[label] ?? "#767676";
    pen.globalAlpha = entry.state === "speech" ? 1 : 0.45;
    pen.fillRect(left, top - value * height, wide, value * height);
    top -= value * height;
  }
  pen.globalAlpha = 1;
}

function ribbon(pen, entries, at, height, text) {
  let first = 0;
  for (let index = 1; index <= entries.length; index += 1) {
    if (index < entries.length && claim(entries[index]) === claim(entries[first])) continue;
    const left = at(entries[first].start), right = at(entries[index - 1].end), said = claim(entries[first]);
    first = index;
    if (!said) continue;
    pen.fillStyle = COLOURS[said] ?? "#767676";
    pen.fillRect(left, height - RIBBON + 4, Math.max(1, right - left), 8);
    pen.fillStyle = text;
    pen.font = "12px system-ui, sans-serif";
    const fits = pen.measureText(said).width < right - left - 4;
    if (fits || right - left > 10) pen.fillText(fits ? said : LETTERS[said] ?? said[0].toUpperCase(), left + 2, height - 5);
  }
}

function times(pen, seconds, at, { width, height, text }) {
  const step = STEPS.find((each) => at(each) >= APART) ?? STEPS.at(-1);
  pen.fillStyle = text;
  pen.font = "12px system-ui, sans-serif";
  for (let time = 0; time < seconds; time += step) {
    const label = `${Math.floor(time / 60)}:${String(time % 60).padStart(2, "0")}`;
    if (at(time) + pen.measureText(label).width + 4 > width) break;
    pen.fillRect(at(time), height, 1, 5);
    pen.fillText(label, at(time) + 4, height + AXIS - 5);
  }
}

function claim(entry) {
  if (entry.state === "speech") return entry.label;
  const words = { "high arousal": "excited", "low arousal": "quiet", positive: "pleasant", negative: "unpleasant" };
  return (entry.affect ?? []).map((each) => words[each]).join(", ");
}

function hatch(pen, left, wide, height, colour) {
  pen.strokeStyle = colour;
  for (let x = left; x < left + wide; x += 6) {
    pen.beginPath();
    pen.moveTo(x, height);
    pen.lineTo(x + 6, 0);
    pen.stroke();
  }
}
