// The search of the archive. stories.js holds STORIES, newest day first, with the folded words of each, and FOLDS: what
// stands for a letter, digit or mark in folded words.
"use strict";

const MOST = 60;

// As digest.arabic.text.key folds: letters of presentation forms, nothing that shows nothing, one form for each letter
// and digit, no marks, small letters; words, and numbers with their decimals.
function folded(text) {
  const letters = text
    .replace(/[\ufb50-\ufdfb\ufdfd-\ufdff\ufe70-\ufefc]/g, (form) => form.normalize("NFKC"))
    .replace(/[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, "");
  return Array.from(letters, (letter) => FOLDS[letter] ?? letter.toLowerCase()).join("")
    .match(/[\p{L}\p{N}]+(?:[.,\u066b\u066c]\p{Nd}+)*/gu) ?? [];
}

// An Arabic word may have an article, a conjunction or a preposition joined to it, so it is found inside of words too.
function has(story, word) {
  return /^\p{Script=Arabic}/u.test(word) ? story.words.includes(word) : ` ${story.words}`.includes(` ${word}`);
}

function element(tag, text, attributes) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function counted(found) {
  if (found === 1) return "1 story";
  return found > MOST ? `${found} stories, the first ${MOST}` : `${found} stories`;
}

function search(typed) {
  const words = folded(typed);
  const found = words.length ? STORIES.filter((story) => words.every((word) => has(story, word))) : [];
  document.getElementById("days").hidden = words.length > 0;
  document.getElementById("found").textContent = words.length ? counted(found.length) : "";
  const list = document.getElementById("results");
  list.replaceChildren();
  for (const story of found.slice(0, MOST)) {
    const item = element("li", "", { lang: "en", dir: "ltr" });
    item.append(
      element("a", story.en, { href: `${story.day}/briefing.html#${story.anchor}` }),
      element("p", story.date, { class: "facts", lang: "en", dir: "ltr" }),
      element("p", story.ar, { class: "title", lang: "ar", dir: "rtl" }),
    );
    list.append(item);
  }
}

const field = document.getElementById("search");
document.getElementById("searching").hidden = false;
field.addEventListener("input", () => search(field.value));
// A browser that goes back to this page fills the field in again.
window.addEventListener("pageshow", () => { if (field.value) search(field.value); });
