// The search of the archive. STORIES, from stories.js, holds the folded words of every story, newest day first.
"use strict";

const MOST = 60;

// As digest.arabic.text.key folds: no marks, one form for each letter and digit, words only.
function folded(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u0640\u064b-\u065f\u0670]/g, "")
    .replace(/[\u0622\u0623\u0625\u0671]/g, "\u0627")
    .replace(/[\u0649\u0626\u06cc]/g, "\u064a")
    .replace(/\u0624/g, "\u0648")
    .replace(/\u0629/g, "\u0647")
    .replace(/[\u06a9\u06af]/g, "\u0643")
    .replace(/[\u0660-\u0669]/g, (digit) => digit.charCodeAt(0) - 0x660)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function element(tag, text, attributes) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function search(typed) {
  const words = folded(typed);
  const found = words.length ? STORIES.filter((story) => words.every((word) => story.words.includes(word))) : [];
  document.getElementById("days").hidden = words.length > 0;
  document.getElementById("found").textContent = words.length
    ? found.length === 1 ? "1 story" : `${found.length} stories${found.length > MOST ? `, the first ${MOST}` : ""}`
    : "";
  const list = document.getElementById("results");
  list.replaceChildren();
  for (const story of found.slice(0, MOST)) {
    const item = element("li", "", { lang: "en", dir: "ltr" });
    item.append(
      element("a", story.en, { href: `${story.day}/briefing.html#${story.anchor}` }),
      element("span", ` ${story.day}`, { class: "day" }),
      element("p", story.ar, { class: "title", lang: "ar", dir: "rtl" }),
    );
    list.append(item);
  }
}

const field = document.getElementById("search");
document.getElementById("searching").hidden = false;
field.addEventListener("input", () => search(field.value));
if (field.value) search(field.value);
