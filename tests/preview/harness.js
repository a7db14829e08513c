// Runs in a page that holds every preview in a frame; writes what it finds into the page's <pre>.
const PANELS = ".card, .back, .issues, .notice, .warning, .unbuilt, .a6, .a5";

function channels(colour) {
  const found = colour.match(/[\d.]+/g).map(Number);
  return { rgb: found.slice(0, 3), alpha: found.length > 3 ? found[3] : 1 };
}

function blended(over, under) {
  return { rgb: over.rgb.map((part, n) => part * over.alpha + under.rgb[n] * (1 - over.alpha)), alpha: 1 };
}

function luminance({ rgb }) {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

// The ground is the nearest solid colour behind; whatever is half seen through fades the ink towards it.
function contrast(element, view) {
  let ground = { rgb: [255, 255, 255], alpha: 1 };
  const above = [];
  for (let one = element; one; one = one.parentElement) above.unshift(one);
  let opacity = 1;
  for (const one of above) {
    const style = view.getComputedStyle(one);
    ground = blended(channels(style.backgroundColor), ground);
    opacity *= Number(style.opacity);
  }
  const ink = channels(view.getComputedStyle(element).color);
  const seen = luminance(blended({ rgb: ink.rgb, alpha: ink.alpha * opacity }, ground));
  const [light, dark] = [seen, luminance(ground)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function measured(frame) {
  const page = frame.contentDocument, view = frame.contentWindow;
  const found = {
    name: frame.id, width: view.innerWidth, scroll: page.documentElement.scrollWidth, texts: 0,
    dark: view.matchMedia("(prefers-color-scheme: dark)").matches,
    outside: [], covered: [], parted: [], faint: [], wrong: [], requests: [], broken: [],
  };
  for (const entry of view.performance.getEntriesByType("resource")) {
    if (!entry.name.startsWith("data:")) found.requests.push(entry.name);
  }
  for (const image of page.images) if (!image.naturalWidth) found.broken.push(image.alt);
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, holder = node.parentElement, range = page.createRange();
    if (!node.textContent.trim() || !holder.checkVisibility()) continue;
    range.selectNodeContents(node);
    const box = (holder.closest(PANELS) || page.body).getBoundingClientRect();
    for (const one of range.getClientRects()) {
      found.texts += 1;
      const inside = one.left >= box.left - 1 && one.right <= box.right + 1
        && one.top >= box.top - 1 && one.bottom <= box.bottom + 1;
      if (!inside || one.left < 0 || one.right > view.innerWidth + 1) found.outside.push(node.textContent);
      const top = page.elementFromPoint((one.left + one.right) / 2, (one.top + one.bottom) / 2);
      if (top && !holder.contains(top) && !top.contains(holder)) found.covered.push(node.textContent);
    }
    const ratio = contrast(holder, view);
    if (ratio < 4.5 && !holder.closest(".voided")) found.faint.push(`${ratio.toFixed(2)} ${node.textContent}`);
  }
  for (const day of page.querySelectorAll(".day")) {
    const range = page.createRange();
    range.selectNodeContents(day);
    if (new Set([...range.getClientRects()].map((one) => one.top)).size > 1) found.parted.push(day.textContent);
  }
  for (const card of page.querySelectorAll(".card")) {
    const range = page.createRange(), box = card.getBoundingClientRect();
    range.selectNodeContents(card.querySelector(".name"));
    const name = range.getBoundingClientRect(), middle = (box.left + box.right) / 2;
    const right = (name.left + name.right) / 2 > middle;
    if (name.width && right !== (card.dir === "rtl")) found.wrong.push(card.lang);
  }
  return found;
}

addEventListener("load", () => {
  const frames = [...document.querySelectorAll("iframe")];
  for (const frame of frames) frame.style.height = `${frame.contentDocument.documentElement.scrollHeight}px`;
  document.querySelector("pre").textContent = JSON.stringify(frames.map(measured));
  for (const frame of frames) frame.style.height = ""; // The photograph is of the upper part.
});
