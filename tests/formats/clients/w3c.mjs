// Anchors each selector of a page of annotations in its text, as a page of the web does.
//
//     node w3c.mjs FILE.jsonld
//
// Prints of each annotation where the selectors of either kind point to (in UTF-16 units) and what stands there, by
// the libraries of Apache Annotator and of Recogito; and the page with the annotations as Recogito would write them.

import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const dom = new JSDOM("<!DOCTYPE html><body></body>");
for (const name of ["window", "document", "Node", "NodeFilter", "Range", "HTMLElement", "Element", "DOMParser"]) {
  globalThis[name] = name === "window" ? dom.window : dom.window[name];
}
const { createTextPositionSelectorMatcher, createTextQuoteSelectorMatcher } = await import("@apache-annotator/dom");
const { rangeToSelector, reviveAnnotation, W3CTextFormat } = await import("@recogito/text-annotator");

const page = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const containers = new Map();
for (const text of page.texts) {
  const container = dom.window.document.createElement("pre");
  // More than one node, as in a page with lines.
  for (const line of text.value.split(/(?<=\n)/)) {
    const span = dom.window.document.createElement("span");
    span.textContent = line;
    container.append(span);
  }
  dom.window.document.body.append(container);
  containers.set(text.id, container);
}

const offset = (container, node, at) => {
  const range = dom.window.document.createRange();
  range.setStart(container, 0);
  range.setEnd(node, at);
  return range.toString().length;
};
const place = (container, range) => ({
  start: offset(container, range.startContainer, range.startOffset),
  end: offset(container, range.endContainer, range.endOffset),
  text: range.toString(),
});

async function matches(container, matcher) {
  const found = [];
  for await (const range of matcher(container)) found.push(range);
  return found;
}

const anchored = [];
const written = [];
for (const item of page.items) {
  if (item.motivation !== "tagging") {
    written.push(item);
    continue;
  }
  const container = containers.get(item.target.source);
  const [position, quote] = item.target.selector;
  const format = W3CTextFormat(item.target.source, container);
  const { parsed, error } = format.parse(item);
  if (error) throw error;
  const positions = await matches(container, createTextPositionSelectorMatcher(position));
  const quotes = await matches(container, createTextQuoteSelectorMatcher(quote));
  anchored.push({
    id: item.id,
    position: positions.map((range) => place(container, range)),
    quote: quotes.map((range) => place(container, range)),
    recogito: reviveAnnotation(parsed, container).target.selector.map((one) => place(container, one.range)),
    bodies: parsed.bodies.map((one) => one.value),
  });
  const selector = quotes.map((range) => rangeToSelector(range, container));
  written.push(format.serialize({ ...parsed, target: { ...parsed.target, selector } }));
}
process.stdout.write(JSON.stringify({ anchored, written: { ...page, items: written } }));
