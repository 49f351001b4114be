"use strict";
// One question, the whole class. What is shown as saved is in the gradebook; until then it stands in `queue`.
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id), cards = [...document.querySelectorAll("article")];
const byId = new Map(cards.map((card) => [card.dataset.id, card]));
let { answers, rubric, most } = data.state, digest = "", opened = {};
const texts = Object.fromEntries(Object.entries(answers).map(([id, state]) => [id, state.text]));
let current = null, queue = [], sending = false, conflict = null, failed = 0, chosen = -1;
const later = new Set(JSON.parse(sessionStorage.getItem(`later ${data.question}`) || "[]"));
const POLL = 4000, RETRY = 2000, TYPED = 700;

// --- asking the server ---

async function ask(path, body) {
  const response = await fetch(`${data.base}/-/${path}`, body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json", "X-XSRFToken": data.xsrf }, body: JSON.stringify(body) });
  const said = await response.json().catch(() => ({}));
  return { status: response.status, said };
}

// Graded again since the page was made, with other words than those that stand here.
const isOld = (id) => answers[id].text !== texts[id];

function change(ids, patch) {
  if (ids.some(isOld)) return trouble("This answer was graded again, with other words: load the page again, then mark it.");
  const at = {};                // what is changed at once is saved at once, and undone at once
  for (const id of ids) {
    const state = Object.assign(answers[id], patch);
    const wanted = { items: state.items, correction: state.correction, comment: state.comment, flag: state.flag,
      gives: state.points !== null };
    if (state.points !== null) Object.assign(state, { points: sum(state), waits: false, by: "" });
    queue = queue.filter((one) => one.sent || one.id !== id);
    queue.push({ id, change: wanted, at, sent: false });
    later.delete(id);
    draw(id);
  }
  drawTop();
  send();
}

function sum(state) {
  const items = rubric.items.filter((item) => state.items.includes(item.id)).reduce((all, item) => all + item.points, 0);
  return Math.round(1e4 * Math.min(most, Math.max(0, items + state.correction))) / 1e4;
}

async function send() {
  tell();
  if (sending || conflict || !queue.length) return;
  sending = true;
  const batch = queue.filter((one) => one.at === queue[0].at);
  for (const one of batch) one.sent = true;
  const body = { answers: Object.fromEntries(batch.map(({ id, change }) => [id, { token: answers[id].token, change }])) };
  let result;
  try {
    result = await ask(`${data.second ? "second" : "mark"}/${data.question}`, body);
  } catch (error) {
    result = { status: 0, said: {} };
  }
  sending = false;
  if (result.status === 200) {
    failed = 0;
    queue = queue.filter((one) => !batch.includes(one));
    for (const [id, state] of Object.entries(result.said.answers)) merge(id, state);
    setTimeout(send);
  } else if (result.status === 409) {
    conflict = { batch, answers: result.said.answers };
    askWhich(result.said.message);
  } else {
    for (const one of batch) one.sent = false;
    failed += 1;
    const why = result.said.message || (result.status ? `the server says ${result.status}` : "the server does not answer");
    trouble(`Not saved: ${why} What you did stands here, and is tried again until it is saved.`);
    setTimeout(send, RETRY);
  }
  if (!failed && !conflict) trouble("");
  tell();
}

function merge(id, state) {
  const waiting = queue.some((one) => one.id === id);
  if (waiting) answers[id].token = state.token;
  else answers[id] = state;
  draw(id);
  if (current && current.dataset.id === id && !waiting) drawTop();
}

function askWhich(message) {
  const [id, state] = Object.entries(conflict.answers)[0];
  const who = state.by ? `${state.by} gave` : "There now is";
  const points = state.points === null ? "no mark" : `${state.points} of ${most}`;
  $("conflict").querySelector("[data-do=mine]").hidden = state.text !== texts[id];
  $("conflict").querySelector("p").textContent = `Answer ${byId.get(id).dataset.number}: ${message || "it was changed"}. ` +
    `${who} ${points}${state.comment ? ` (“${state.comment}”)` : ""}. You gave ${answers[id].points ?? "no mark"}` +
    `${answers[id].comment ? ` (“${answers[id].comment}”)` : ""}. Nothing of yours is saved yet.` +
    (state.text === texts[id] ? "" : " Its words are others now: load the page again to mark them.");
  $("conflict").showModal();
}

function decide(mine) {
  const { batch, answers: theirs } = conflict;
  conflict = null;
  $("conflict").close();
  for (const [id, state] of Object.entries(theirs)) {
    if (mine) answers[id].token = state.token;
    else answers[id] = state;
    draw(id);
  }
  if (mine) for (const one of batch) one.sent = false;
  else queue = queue.filter((one) => !batch.includes(one));
  drawTop();
  send();
}

async function undo() {
  if (queue.length || sending) return setTimeout(undo, 50);
  const { status, said } = await ask("undo", {});
  trouble(status === 200 ? "" : said.message);
  if (status !== 200) return;
  if (!said.question) return trouble("There is nothing left to undo.");
  if (said.rubric || said.second !== data.second) return location.reload();
  if (said.question !== data.question) { location.href = `${data.base}/${encodeURIComponent(said.question)}`; return; }
  for (const [id, state] of Object.entries(said.answers)) { answers[id] = state; draw(id); }
  const [first] = Object.keys(said.answers);
  if (first && byId.has(first)) go(byId.get(first));
}

async function poll() {
  const open = current ? current.dataset.id : "";
  try {
    const { status, said } = await ask(`state/${data.question}?digest=${digest}&open=${open}${data.second ? "&second=1" : ""}`);
    if (status === 200) {
      opened = said.open;
      if (said.state && !queue.length && !sending && !conflict) take(said);
      for (const card of cards) drawOpen(card);
    }
  } catch (error) { /* the next one, or what is saved next, will say so */ }
  setTimeout(poll, POLL);
}

function take(said) {
  digest = said.digest;
  ({ answers, rubric } = said.state);
  data.state = said.state;
  for (const card of cards) if (answers[card.dataset.id]) draw(card.dataset.id);
  if (document.activeElement !== $("comment") && document.activeElement !== $("correction")) drawTop();
  else drawRubric();
  drawFar();
}

// --- what is shown ---

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function draw(id) {
  const card = byId.get(id), state = answers[id];
  if (!card || !state) return;
  const place = card.querySelector(".mark"), parts = [];
  card.classList.toggle("done", !state.waits);
  if (state.points === null) parts.push(element("span", state.auto ? "0 by nbgrader: nothing was answered" : "not marked"));
  else parts.push(element("b", `${state.points} of ${most}`));
  if (state.waits && state.points !== null)
    parts.push(element("span", "changed since it was marked: look again, Enter keeps it", { class: "warn" }));
  if (isOld(id)) parts.push(element("span", "graded again with other words: load the page again", { class: "warn" }));
  if (state.flag) parts.push(element("span", "⚑ for a colleague", { class: "warn" }));
  if (later.has(id)) parts.push(element("span", "for later"));
  const given = rubric.items.filter((item) => state.items.includes(item.id));
  for (const item of given) parts.push(element("span", `✓ ${item.words}`));
  if (state.correction) parts.push(element("span", `${state.correction > 0 ? "+" : ""}${state.correction} beside these`));
  if (state.comment) parts.push(element("span", `“${state.comment}”`));
  if (state.by) parts.push(element("span", state.by));
  parts.push(element("span", "", { class: "open" }));
  place.replaceChildren(...parts.flatMap((part, i) => i && part.className !== "open" ? [" · ", part] : [part]));
  drawOpen(card);
}

function drawOpen(card) {
  const place = card.querySelector(".open"), who = opened[card.dataset.id] || [];
  if (place) place.textContent = who.length ? ` · open: ${who.join(", ")}` : "";
}

function suggested() {
  if (!current) return [];
  const named = JSON.parse(current.dataset.named);
  return rubric.items.filter((item) => item.numbers.length && item.numbers.every((name) => named.includes(name)));
}

function drawRubric() {
  const state = current && answers[current.dataset.id], likely = suggested();
  $("rubric").replaceChildren(...rubric.items.map((item, i) => {
    const on = Boolean(state && state.items.includes(item.id));
    const button = element("button", "", { type: "button", "aria-pressed": on, "data-item": item.id });
    button.append(element("kbd", i + 1), ` ${item.points}: ${item.words}`);
    if (likely.includes(item) && !on) {
      button.classList.add("suggested");
      button.append(" ", element("kbd", "a"));
    }
    return button;
  }));
}

function drawTop() {
  drawRubric();
  const state = current && answers[current.dataset.id];
  if (!state) return;
  $("now").textContent = `Answer ${current.dataset.number}: ${state.points === null ? "not marked" : `${state.points} of ${most}`}`;
  if (document.activeElement !== $("correction")) $("correction").value = state.correction || "";
  if (document.activeElement !== $("comment")) $("comment").value = state.comment;
}

function tell() {
  const waiting = queue.length;
  $("saved").textContent = waiting ? (failed ? `${waiting} not saved` : "Saving …") : "All saved";
  $("saved").classList.toggle("busy", waiting > 0);
  const left = Object.values(answers).filter((state) => state.waits).length;
  const here = document.querySelector(`[data-left="${CSS.escape(data.question)}"]`);
  if (here && !data.second) here.textContent = left;
  const pace = data.state.pace;
  $("pace").textContent = pace && left ? `about ${Math.max(1, Math.round(left * pace / 60))} min at your pace` : "";
}

function trouble(text) {
  $("trouble").textContent = text;
  $("trouble").hidden = !text;
}

function drawFar() {
  const { distribution, markers, agreement } = data.state, table = element("table", "");
  const highest = Math.max(1, ...distribution.map(([, count]) => count));
  for (const [points, count] of distribution) {
    const line = table.insertRow(), bar = element("i", "");
    bar.style.width = `${12 * count / highest}em`;
    line.append(element("th", `${points} of ${most}`), element("td", count), element("td", ""));
    line.lastChild.append(bar);
  }
  const who = markers.map((one) => element("p", `${one.name}: ${one.marked} answers of all questions` +
    (one.pace ? `, ${Math.round(one.pace)} s for one` : "")));
  const both = agreement.both ? [element("p", `Marked by two: ${agreement.both}; the same points: ${agreement.same}; ` +
    `apart by ${agreement.off.toFixed(2)} on average`)] : [];
  $("sofar").replaceChildren(element("h2", "So far"), table, ...who, ...both);
  tell();
}

// --- going and giving ---

// Cards are scrolled to below the header, however high it is now.
function below() {
  document.documentElement.style.setProperty("--top", `${$("top").offsetHeight}px`);
}

function go(card, scroll = true) {
  if (!card) return;
  if (document.activeElement === $("comment") || document.activeElement === $("correction")) document.activeElement.blur();
  if (current) current.classList.remove("current");
  current = card;
  current.classList.add("current");
  drawTop();
  below();
  if (scroll) current.scrollIntoView({ block: "start" });
  current.focus({ preventScroll: true });
}

function step(by) {
  go(cards[Math.min(cards.length - 1, Math.max(0, cards.indexOf(current) + by))]);
}

function unmarked(by) {
  const start = cards.indexOf(current), waits = (card) => answers[card.dataset.id]?.waits;
  const ring = cards.map((_, i) => cards[(start + by * (i + 1) + cards.length * 2) % cards.length]);
  const found = ring.find((card) => waits(card) && !later.has(card.dataset.id)) || ring.find(waits);
  if (found) go(found);
  else trouble("All of these are marked.");
}

function toggle(item) {
  const state = answers[current.dataset.id], on = state.items.includes(item.id);
  const items = on ? state.items.filter((id) => id !== item.id) : [...state.items, item.id];
  change([current.dataset.id], { items, points: 0 });
}

const DO = {
  next: [["n"], "next unmarked answer", () => unmarked(1)],
  keep_on: [["Enter"], "keep the mark as it is, then the next unmarked answer", () => {
    const state = answers[current.dataset.id];
    if (state.waits && state.points !== null) change([current.dataset.id], {});
    unmarked(1);
  }],
  previous: [["p"], "previous unmarked answer", () => unmarked(-1)],
  down: [["j", "ArrowDown"], "next answer", () => step(1)],
  up: [["k", "ArrowUp"], "previous answer", () => step(-1)],
  none: [["0"], "no item: 0 points", () => change([current.dataset.id], { items: [], correction: 0, points: 0 })],
  all: [["f"], "full marks: all items", () => change([current.dataset.id],
    { items: rubric.items.map((item) => item.id), correction: 0, points: 0 })],
  accept: [["a"], "give what is suggested (dashed)", () => {
    const state = answers[current.dataset.id], more = suggested().map((item) => item.id);
    if (more.length) change([current.dataset.id], { items: [...new Set([...state.items, ...more])], points: 0 });
  }],
  group: [["g"], "the same mark for its copies that are not marked", () => {
    const state = answers[current.dataset.id];
    const { items, correction, comment, points } = state;
    const copies = JSON.parse(current.dataset.copies).filter((id) => answers[id]?.waits);
    if (points === null) trouble("Mark this one first, then its copies.");
    else if (copies.length) change(copies, { items: [...items], correction, comment, points });
  }],
  comment: [["c"], "comment; Tab takes the first one offered, Escape leaves it", () => $("comment").focus()],
  correction: [["x"], "correction, such as -0,5; Escape leaves it", () => $("correction").select()],
  undo: [["u"], "undo what you did last", undo],
  later: [["l"], "later: go on, and come back at the end", () => {
    later.add(current.dataset.id);
    sessionStorage.setItem(`later ${data.question}`, JSON.stringify([...later]));
    draw(current.dataset.id);
    unmarked(1);
  }],
  flag: [["h"], "flag it for a colleague, or take the flag away", () =>
    change([current.dataset.id], { flag: !answers[current.dataset.id].flag })],
  edit: [["r"], "change the rubric", edit],
  help: [["?"], "these keys", () => $("help").showModal()],
};
const GIVES = /^[FA]$/;
const KEYS = Object.fromEntries(Object.values(DO).flatMap(([keys, , act]) => keys.map((key) => [key, act])));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if ($("conflict").open && (event.key === "t" || event.key === "m")) {
    if (event.key === "t" || !$("conflict").querySelector("[data-do=mine]").hidden) decide(event.key === "m");
    event.preventDefault();
  }
  if (document.querySelector("dialog[open]")) return;
  const field = event.target.closest("input, textarea");
  if (field) return inField(event, field);
  if (event.target.closest("button, a, summary") && event.key === "Enter") return;
  // Shift means: and on to the next. What stands on a digit's key with it is another sign on each keyboard.
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code), on = event.shiftKey && (digit || GIVES.test(event.key));
  const key = digit ? digit[1] : on ? event.key.toLowerCase() : event.key;
  const item = digit && rubric.items[digit[1] - 1];
  if (!current || !(item || KEYS[key])) return;
  event.preventDefault();
  trouble(failed ? $("trouble").textContent : "");
  if (item) toggle(item);
  else KEYS[key]();
  if (on) unmarked(1);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button"), card = event.target.closest("article");
  if (card && card !== current) go(card, false);
  if (!button) return;
  if (button.dataset.item && current) toggle(rubric.items.find((item) => item.id === button.dataset.item));
  const act = { theirs: () => decide(false), mine: () => decide(true), add: () => row({}), keep,
    cancel: () => $("editor").close() }[button.dataset.do] || (DO[button.dataset.do] || [])[2];
  if (act && (current || $("editor").open)) act();
});

// --- comment and correction ---

let timer = 0;

function inField(event, field) {
  const list = [...$("comments").children];
  if (event.key === "Escape" || event.key === "Enter" && field === $("correction")) {
    current.focus({ preventScroll: true });
    event.preventDefault();
  } else if (field === $("comment") && list.length && !$("comments").hidden) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      chosen = Math.max(-1, Math.min(list.length - 1, chosen + (event.key === "ArrowDown" ? 1 : -1)));
      list.forEach((one, i) => one.setAttribute("aria-selected", i === chosen));
      event.preventDefault();
    } else if ((event.key === "Enter" && chosen >= 0) || (event.key === "Tab" && !event.shiftKey)) {
      pick(list[Math.max(0, chosen)].textContent);
      current.focus({ preventScroll: true });
      event.preventDefault();
    }
  }
}

function pick(text) {
  $("comment").value = text;
  noted();
  $("comments").hidden = true;
}

function noted() {
  clearTimeout(timer);
  const state = current && answers[current.dataset.id];
  if (state && $("comment").value !== state.comment) change([current.dataset.id], { comment: $("comment").value });
}

function offer() {
  const words = $("comment").value.toLowerCase().split(/\s+/).filter(Boolean), state = answers[current.dataset.id];
  const used = new Map();
  const add = (text, weight) => text && used.set(text, (used.get(text) || 0) + weight);
  for (const item of rubric.items) add(item.comment, state.items.includes(item.id) ? 1000 : 1500);
  for (const text of data.others) add(text, 1);
  for (const one of Object.values(answers)) add(one.comment, JSON.stringify(one.items) === JSON.stringify(state.items) ? 10 : 1);
  const found = [...used].filter(([text]) => text !== $("comment").value &&
    words.every((word) => text.toLowerCase().includes(word))).sort((one, other) => other[1] - one[1]).slice(0, 6);
  chosen = -1;
  $("comments").replaceChildren(...found.map(([text]) => element("li", text, { role: "option" })));
  $("comments").hidden = !found.length;
}

$("comment").addEventListener("input", () => { offer(); clearTimeout(timer); timer = setTimeout(noted, TYPED); });
$("comment").addEventListener("focus", () => current && offer());
$("comment").addEventListener("blur", () => { noted(); $("comments").hidden = true; });
$("comments").addEventListener("mousedown", (event) => { pick(event.target.textContent); event.preventDefault(); });
$("correction").addEventListener("change", () => {
  const text = $("correction").value.trim().replace(",", ".").replace(/^[−–]/, "-"), number = Number(text || 0);
  if (!Number.isFinite(number) || Math.abs(number) > 100) return trouble("A correction is a number, such as -0.25 or 0,5.");
  trouble("");
  if (current) change([current.dataset.id], { correction: number, points: 0 });
});

// --- the rubric ---

function row(item) {
  const line = element("div", "", { "data-id": item.id || "" });
  for (const [name, label, value, size] of [["points", "points", item.points ?? "", 4],
    ["words", "what is given", item.words || "", 40], ["says", "comment", item.comment || "", 20]])
    line.append(Object.assign(element("input", "", { class: name, size, "aria-label": label, placeholder: label }), { value }));
  line.append(element("button", "remove", { type: "button" }));
  line.lastChild.addEventListener("click", () => line.remove());
  $("items").append(line);
}

function edit() {
  $("items").replaceChildren();
  rubric.items.forEach(row);
  $("editor").showModal();
}

async function keep() {
  if (queue.length || sending) return setTimeout(keep, 50);
  const field = (line, name) => line.querySelector(`.${name}`).value.trim();
  const items = [...$("items").children].map((line) => ({ id: line.dataset.id || null, words: field(line, "words"),
    points: field(line, "points") ? Number(field(line, "points").replace(",", ".")) : NaN, comment: field(line, "says") }));
  if (items.some((item) => !item.words || !Number.isFinite(item.points))) return alert("An item needs points and words.");
  const made = Object.values(answers).filter((state) => state.points !== null && state.items.length).length;
  if (made && !confirm(`Change the rubric, and with it the ${made} marks that were made with its items?`)) return;
  const { status, said } = await ask(`rubric/${data.question}`, { items, seen: rubric.items });
  $("editor").close();
  if (status === 200) location.reload();
  else trouble(`Not saved: ${said.message || status}`);
}

// --- begin ---

$("help-button").addEventListener("click", () => $("help").showModal());
$("keys").append(element("dt", "1 to 9"), element("dd", "give an item, or take it away"),
  element("dt", "Shift"), element("dd", "with 0 to 9, f or a: then go on to the next unmarked answer"),
  ...Object.values(DO).flatMap(([keys, words]) => [element("dt", keys.join(" or ")), element("dd", words)]));
new ResizeObserver(below).observe($("top"));
window.addEventListener("beforeunload", (event) => { noted(); if (queue.length) event.preventDefault(); });
for (const card of cards) draw(card.dataset.id);
drawFar();
const named = location.hash && document.querySelector(location.hash.replace(/[^#\w]/g, ""));
go(named || cards.find((card) => answers[card.dataset.id]?.waits) || cards[0], Boolean(named));
setTimeout(poll, POLL / 4);
