/** Looks at a page as somebody does who waits for it: by the frames in which things stand there. Times are milliseconds. */
const frame = () => new Promise(requestAnimationFrame);
const moment = (stamp) => performance.timeOrigin + stamp;

function articles() {
  const root = document.querySelector("apropos-panel")?.shadowRoot ?? document;
  return [...root.querySelectorAll("article")];
}

async function seen(text) {
  while (!articles().some((each) => each.textContent.includes(text))) await frame();
  return moment(performance.now());
}

globalThis.eyes = {
  /** The moment of the next press of Enter, and that of the frame in which this text stands there after it. */
  pressed: (text) =>
    new Promise((found) => {
      const heard = async (event) => {
        if (event.key !== "Enter") return;
        removeEventListener("keydown", heard, true);
        found({ pressed: moment(event.timeStamp), seen: await seen(text) });
      };
      addEventListener("keydown", heard, true);
    }),

  seen,

  articles: () => articles().length,

  /** Scroll so many pixels a frame for so many frames; the share of gaps longer than `late`, and the longest. */
  async scrolled(element, by, frames, late) {
    const gaps = [];
    let last = performance.now();
    for (let at = 0; at < frames; at++) {
      element.scrollBy(0, by);
      const now = await frame();
      if (at > 1) gaps.push(now - last);
      last = now;
    }
    return { late: gaps.filter((gap) => gap > late).length / gaps.length, longest: Math.max(...gaps) };
  },

  /** Put this HTML into the page at once, until its pins show; what kept it before does not count. */
  async put(html) {
    tasks.length = 0;
    const place = document.createElement("main");
    document.body.append(place);
    place.innerHTML = html;
    await eyes.pinned();
  },

  /** Until all pins show something, where there is a script for them; looked at now and then, since looking takes time too. */
  async pinned() {
    const shows = (pin) => pin.shadowRoot?.querySelector("button") ?? !customElements.get(pin.localName);
    while (![...document.querySelectorAll("apropos-pin")].every(shows)) await new Promise((go) => setTimeout(go, 100));
  },

  /** What kept the page's only thread for more than 50 ms at a time, until it is drawn: altogether, and the longest. */
  async held() {
    for (let at = 0; at < 10; at++) await frame();
    return { held: tasks.reduce((sum, each) => sum + each, 0), task: Math.max(0, ...tasks) };
  },
};
const tasks = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((task) => task.duration))).observe({
  type: "longtask",
  buffered: true,
});
/** Chromium tells of a task if a script runs in it: so one runs in each frame, of which style, layout and paint are the most. */
(function again() {
  requestAnimationFrame(again);
})();
