// Sends a recording to the service, follows its job, and shows the result. Nothing is loaded from another host.

import { drawTimeline, COLOURS } from "/page/timeline.js";

const get = (id) => document.getElementById(id);
let job = null; // number of the job that runs
let shown = null; // the result that is shown
let recorder = null;

function tell(text) {
  get("status").textContent = text;
}

function headers() {
  const token = get("token").value;
  return token ? { Authorization: `Bearer ${token}` } : {};
}

async function ask(path, options = {}) {
  const answer = await fetch(path, { ...options, headers: { ...headers(), ...(options.headers ?? {}) } });
  if (answer.ok) return answer;
  if (answer.status === 401) get("token-row").hidden = false;
  let sentence = `The service answers with status ${answer.status}.`;
  try {
    sentence = (await answer.json()).error ?? sentence;
  } catch { /* no JSON: the status has to do */ }
  throw new Error(sentence);
}

async function analyse(file, name) {
  if (job) return tell("Wait for the recording before, or cancel it.");
  get("result").hidden = true;
  const form = new FormData();
  form.append("file", file, name);
  form.append("wait", "false");
  form.append("transcribe", get("transcribe").checked);
  form.append("speakers", get("speakers").checked);
  tell(`“${name}” is sent …`);
  get("progress").hidden = false;
  get("progress").removeAttribute("value");
  try {
    const begun = await (await ask("/v1/analyze", { method: "POST", body: form })).json();
    job = begun.id;
    get("cancel").hidden = false;
    const ended = await follow(begun.id, name);
    if (ended.state !== "done") throw new Error(ended.error ?? "The analysis has failed.");
    const result = await (await ask(`/v1/jobs/${begun.id}/result`)).json();
    await show(result, begun.id, file, ended);
  } catch (error) {
    tell(error instanceof TypeError ? "The service cannot be reached." : error.message);
  } finally {
    job = null;
    get("progress").hidden = get("cancel").hidden = true;
  }
}

// Reads server-sent events with fetch, because EventSource cannot send the token.
async function follow(number, name) {
  const answer = await ask(`/v1/jobs/${number}`, { headers: { Accept: "text/event-stream" } });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let last = { state: "failed", error: "The connection to the service was lost." };
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return last;
    text += value;
    const events = text.split("\n\n");
    text = events.pop();
    for (const event of events) {
      last = JSON.parse(event.replace(/^data: /, ""));
      get("progress").value = last.progress;
      tell(last.state === "waiting" ? `“${name}” waits …` : `“${name}” is analysed: ${Math.round(100 * last.progress)} %`);
    }
  }
}

async function show(result, number, file, ended) {
  shown = result;
  get("result").hidden = false;
  tell([`“${result.file}” is analysed.`, ended.error, ended.hint].filter(Boolean).join(" "));
  if (get("audio").src) URL.revokeObjectURL(get("audio").src);
  get("audio").src = URL.createObjectURL(file);
  const passages = await (await ask(`/v1/jobs/${number}/passages`)).json();
  get("headline").textContent = `${passages.headline}. ${result.audio.seconds.toFixed(1)} s, model ${result.model}.`;
  list("remarks", passages.remarks.map((text) => line(text)));
  showPassages(passages.passages);
  showTranscript(result.transcript);
  get("speakers-part").hidden = !result.speakers;
  list("speaker-list", (result.speakers?.list ?? []).map((each) =>
    line(`${each.name}: ${each.seconds.toFixed(1)} s, ${Math.round(100 * each.share)} % of the speech`)));
  showLegend(result);
  list("downloads", passages.formats.map((format) => download(number, format)));
  draw();
  get("result-title").focus();
}

function showPassages(passages) {
  get("passages").replaceChildren(...passages.map((each) => {
    const row = document.createElement("tr");
    row.append(cell(timeButton(each.start)), cell(clock(each.end)), cell(each.sounds),
      cell(each.confidence === null ? "" : `${Math.round(100 * each.confidence)} %`), cell(each.speaker), cell(each.text));
    return row;
  }));
}

function showTranscript(transcript) {
  get("transcript-part").hidden = !transcript;
  get("doubt").hidden = !transcript?.doubt;
  get("doubt").textContent = transcript?.doubt ?? "";
  list("transcript", (transcript?.lines ?? []).map((each) => {
    const item = line("");
    item.append(timeButton(each.start), ` ${each.speaker ? `${each.speaker}: ` : ""}${each.text}`);
    return item;
  }));
}

function showLegend(result) {
  const labels = Object.keys(result.timeline.find((entry) => entry.scores)?.scores ?? {});
  list("legend", labels.map((label) => {
    const item = line("");
    const box = document.createElement("span");
    box.style.background = COLOURS[label] ?? "#767676";
    item.append(box, label);
    return item;
  }));
}

function draw() {
  if (!shown) return;
  drawTimeline(get("timeline"), shown, get("audio").currentTime);
  const label = shown.summary.label ?? "no speech";
  get("timeline").setAttribute("aria-label", `Timeline of ${shown.audio.seconds.toFixed(1)} s, most like ${label}. The table of passages has the same as text.`);
}

function download(number, format) {
  const item = line("");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = `${format.description} (${format.suffix})`;
  button.addEventListener("click", async () => {
    const content = await (await ask(`/v1/jobs/${number}/export/${format.name}`)).blob();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = `${(shown?.file ?? "timeline").replace(/\.[^.]*$/, "")}-${format.name}${format.suffix}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  item.append(button);
  return item;
}

function timeButton(seconds) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = clock(seconds);
  button.setAttribute("aria-label", `Play from ${clock(seconds)}`);
  button.addEventListener("click", () => {
    get("audio").currentTime = seconds;
    get("audio").play();
  });
  return button;
}

function clock(seconds) {
  const tenths = Math.round(10 * seconds);
  return `${Math.floor(tenths / 600)}:${String(Math.floor(tenths / 10) % 60).padStart(2, "0")}.${tenths % 10}`;
}

function line(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

function cell(content) {
  const made = document.createElement("td");
  made.append(content);
  return made;
}

function list(id, items) {
  get(id).replaceChildren(...items);
}

async function toggleRecording() {
  if (recorder) {
    recorder.stop();
    return;
  }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const parts = [];
    recorder = new MediaRecorder(stream);
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      stream.getTracks().forEach((track) => track.stop());
      const kind = recorder.mimeType;
      recorder = null;
      get("record").textContent = "Record";
      get("record").setAttribute("aria-pressed", "false");
      analyse(new Blob(parts, { type: kind }), kind.includes("mp4") ? "recording.m4a" : "recording.webm");
    });
    recorder.start();
    get("record").textContent = "Stop";
    get("record").setAttribute("aria-pressed", "true");
    tell("The microphone is recorded. “Stop” ends it.");
  } catch (error) {
    recorder = null;
    tell(`The microphone cannot be recorded (${error.message}).`);
  }
}

get("file").addEventListener("change", () => {
  const file = get("file").files[0];
  if (file) analyse(file, file.name);
  get("file").value = "";
});
get("record").addEventListener("click", toggleRecording);
get("cancel").addEventListener("click", () => job && ask(`/v1/jobs/${job}`, { method: "DELETE" }));
get("audio").addEventListener("timeupdate", draw);
window.addEventListener("resize", draw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => { event.preventDefault(); get("drop").classList.add("over"); });
}
document.addEventListener("dragleave", () => get("drop").classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  get("drop").classList.remove("over");
  const file = event.dataTransfer.files[0];
  if (file) analyse(file, file.name);
});
get("timeline").addEventListener("click", (event) => {
  const box = get("timeline").getBoundingClientRect();
  if (shown) get("audio").currentTime = shown.audio.seconds * (event.clientX - box.left) / box.width;
});
