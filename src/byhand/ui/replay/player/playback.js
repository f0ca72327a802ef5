/**
 * A recording being played: stage, keys, transport and timeline, and the one moment they all show. Pages put their own
 * things around it: the replay (player.js) a header and the story, the review its tools.
 */
import { Scene, TimeMap, clock, countUntil } from "./scene.js";
import { Stage } from "./stage.js";
import { Timeline } from "./timeline.js";
import { icon, make } from "./story.js";

const SPEEDS = [1, 2, 4];
const CAPS_SHOWN_MS = 2200;

/**
 * What lists the acts beside the stage.
 * @typedef {{show: (t: number) => void, fill: () => void, neighbour: (step: number) => number}} Follower
 */

export class Playback extends HTMLElement {
  /** @type {Scene} */ scene;
  /** @type {Stage} */ stage;
  /** @type {Timeline} */ timeline;
  /** @type {Follower} */ story;
  /** @type {HTMLElement} */ view;
  /** @type {HTMLElement} */ frame;
  /** @type {HTMLElement} */ desk;
  /** @type {HTMLElement} */ transport;
  /** @type {HTMLElement} */ track;
  /** @type {HTMLElement} */ caps;
  /** @type {HTMLElement} */ tip;
  /** @type {HTMLElement} */ now;
  /** @type {HTMLButtonElement} */ playButton;
  /** @type {HTMLButtonElement} */ idleButton;
  /** @type {HTMLButtonElement[]} */ speeds = [];
  /** Real ms since the first event. */
  t = 0;
  playing = false;
  speed = 1;
  skipIdle = false;
  capsState = "";
  /** Whether the address follows the moment. */
  linked = true;
  /** Who wants to know of a stretch drawn on the timeline with Shift held. @type {((from: number, to: number) => void) | null} */
  picked = null;

  /** Make the parts; the page places them. @param {Scene} scene */
  prepare(scene) {
    this.scene = scene;
    const canvas = /** @type {HTMLCanvasElement} */ (make("canvas", "stage"));
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", "The desktop as it was kept");
    this.stage = new Stage(canvas, scene, () => this.draw());
    this.caps = make("div", "caps");
    this.caps.setAttribute("aria-hidden", "true");
    this.desk = make("div", "desk", canvas, make("p", "drawn", seen(scene)));
    this.frame = make("div", "frame", this.desk);
    this.view = make("section", "view", this.frame, this.caps);
    this.view.setAttribute("aria-label", "Stage");
    const line = /** @type {HTMLCanvasElement} */ (make("canvas", "timeline"));
    line.tabIndex = 0;
    line.setAttribute("role", "slider");
    line.setAttribute("aria-label", "Time");
    line.setAttribute("aria-valuemin", "0");
    line.setAttribute("aria-valuemax", String(Math.round(scene.duration / 1000)));
    this.timeline = new Timeline(line, scene);
    this.tip = make("div", "tip");
    this.tip.hidden = true;
    this.track = make("div", "track", line, this.tip);
    this.#pointerOn(line);
    this.transport = this.#transport();
  }

  /**
   * The parts are in the page: measure and draw, now and whenever their place or the theme changes.
   * @param {Document | HTMLElement} [desk] where keys are meant for the playback
   */
  begin(desk = document) {
    this.stage.ink.theme();
    const again = new ResizeObserver(() => this.#fit());
    again.observe(this.frame);
    again.observe(this.track);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.stage.ink.theme();
      this.timeline.rebuild();
      this.draw();
    });
    if (this.linked) addEventListener("hashchange", () => this.#fromHash());
    desk.addEventListener("keydown", (event) => this.#key(/** @type {KeyboardEvent} */ (event)));
    this.#fit();
    if (this.linked) this.#fromHash();
    this.story.fill();
    this.draw();
    this.setAttribute("ready", "");
  }

  /** Show another telling of the same time: after an edit. @param {Scene} scene */
  replace(scene) {
    this.scene = scene;
    this.stage.replace(scene);
    this.timeline.scene = scene;
    this.timeline.setMap(new TimeMap(scene, this.skipIdle));
    this.capsState = "";
    this.draw();
  }

  #transport() {
    /** @param {string} className @param {string} label @param {() => void} act @param {string} text */
    const button = (className, label, act, text) => {
      const made = /** @type {HTMLButtonElement} */ (make("button", className, text));
      made.type = "button";
      made.setAttribute("aria-label", label);
      made.title = label;
      made.addEventListener("click", act);
      return made;
    };
    this.playButton = button("play", "Play", () => this.toggle(), "");
    this.now = make("output", "now", "0:00.0");
    this.speeds = SPEEDS.map((speed) => button("", `Speed ${speed}`, () => this.setSpeed(speed), `${speed}×`));
    const speeds = make("div", "group", ...this.speeds);
    speeds.setAttribute("role", "group");
    speeds.setAttribute("aria-label", "Speed");
    this.idleButton = button("idle", "Skip idle time", () => this.setSkipIdle(!this.skipIdle), "skip idle");
    const hint = make("p", "hint");
    for (const [cap, text] of [["space", "play"], ["← →", "1 s"], ["↑ ↓", "act"]]) hint.append(make("kbd", "", cap), ` ${text} `);
    const bar = make("div", "transport", button("step", "Act before (arrow up)", () => this.seek(this.story.neighbour(-1)), "⟨"), this.playButton,
      button("step", "Next act (arrow down)", () => this.seek(this.story.neighbour(1)), "⟩"),
      make("span", "time", this.now, make("span", "of", ` / ${clock(this.scene.duration)}`)), speeds, this.idleButton, hint);
    this.speeds.forEach((one, i) => one.setAttribute("aria-pressed", String(SPEEDS[i] === this.speed)));
    this.#playFace();
    this.idleButton.setAttribute("aria-pressed", "false");
    return bar;
  }

  #playFace() {
    const label = this.playing ? "Pause (space)" : "Play (space)";
    this.playButton.setAttribute("aria-label", label);
    this.playButton.setAttribute("title", label);
    this.playButton.classList.toggle("playing", this.playing);
  }

  /** @param {HTMLCanvasElement} line */
  #pointerOn(line) {
    /** @param {PointerEvent} event */
    const at = (event) => event.clientX - line.getBoundingClientRect().left;
    let anchor = -1;
    line.addEventListener("pointerdown", (event) => {
      line.setPointerCapture(event.pointerId);
      const t = this.timeline.timeAt(at(event));
      anchor = event.shiftKey && this.picked ? t : -1;
      this.seek(t);
    });
    line.addEventListener("pointermove", (event) => {
      const x = at(event);
      const t = this.timeline.timeAt(x);
      this.timeline.hover = x;
      this.tip.hidden = false;
      this.tip.textContent = this.timeline.describe(t);
      const wide = this.tip.offsetWidth;
      this.tip.style.left = `${Math.max(4, Math.min(x - wide / 2, line.clientWidth - wide - 4))}px`;
      if (event.buttons & 1 && line.hasPointerCapture(event.pointerId)) {
        if (anchor >= 0) this.picked?.(Math.min(anchor, t), Math.max(anchor, t));
        this.seek(t);
      } else this.timeline.draw(this.t);
    });
    line.addEventListener("pointerleave", () => {
      this.timeline.hover = -1;
      this.tip.hidden = true;
      this.timeline.draw(this.t);
    });
  }

  #fit() {
    const box = this.frame.getBoundingClientRect();
    this.stage.resize(box.width, box.height);
    this.timeline.resize(this.track.clientWidth);
    this.story.fill();
    this.draw();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || busy(event.target)) return;
    const onButton = event.target instanceof HTMLButtonElement;
    const far = event.shiftKey ? 10000 : 1000;
    /** @type {Record<string, () => void>} */
    const acts = {
      " ": () => this.toggle(),
      ArrowLeft: () => this.seek(this.t - far),
      ArrowRight: () => this.seek(this.t + far),
      ArrowUp: () => this.seek(this.story.neighbour(-1)),
      ArrowDown: () => this.seek(this.story.neighbour(1)),
      Home: () => this.seek(0),
      End: () => this.seek(this.scene.duration),
      1: () => this.setSpeed(1),
      2: () => this.setSpeed(2),
      4: () => this.setSpeed(4),
      i: () => this.setSkipIdle(!this.skipIdle),
    };
    const act = acts[event.key];
    if (!act || (event.key === " " && onButton)) return;
    event.preventDefault();
    act();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    if (this.t >= this.scene.duration) this.t = 0;
    this.playing = true;
    this.#playFace();
    let before = performance.now();
    let noted = before;
    /** @param {number} now */
    const tick = (now) => {
      if (!this.playing) return;
      const { map } = this.timeline;
      const view = map.view(this.t) + Math.max(0, now - before) * this.speed;
      before = now;
      this.t = Math.min(this.scene.duration, map.real(view));
      this.draw();
      if (now - noted > 1000) {
        noted = now;
        this.#toHash();
      }
      if (view >= map.length) this.pause();
      else requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  pause() {
    this.playing = false;
    this.#playFace();
    this.#toHash();
  }

  /** @param {number} t ms since the first event */
  seek(t) {
    this.t = Math.max(0, Math.min(this.scene.duration, t));
    this.draw();
    this.#toHash();
  }

  /** @param {number} speed */
  setSpeed(speed) {
    this.speed = speed;
    this.speeds.forEach((button, i) => button.setAttribute("aria-pressed", String(SPEEDS[i] === speed)));
  }

  /** @param {boolean} on */
  setSkipIdle(on) {
    this.skipIdle = on;
    this.idleButton.setAttribute("aria-pressed", String(on));
    this.timeline.setMap(new TimeMap(this.scene, on));
    this.draw();
  }

  draw() {
    this.stage.draw(this.t);
    this.timeline.draw(this.t);
    this.story.show(this.t);
    this.now.textContent = clock(this.t);
    this.timeline.canvas.setAttribute("aria-valuenow", String(Math.round(this.t / 1000)));
    this.timeline.canvas.setAttribute("aria-valuetext", this.timeline.describe(this.t));
    this.#showCaps();
  }

  /** The keys struck just before, as caps; what was typed without being kept, as one sign a character. */
  #showCaps() {
    const { data, times } = this.scene;
    const until = this.scene.gapAt(this.t) ? 0 : countUntil(times.keys, this.t);
    const marks = countUntil(times.marks, this.t);
    const lock = data.marks.slice(Math.max(0, marks - 6), marks).reverse().find((mark) => mark[2] === "withheld" && this.t - mark[0] < 3000);
    let from = until;
    while (from > 0 && from > until - 60 && this.t - data.keys[from - 1][0] < CAPS_SHOWN_MS) from--;
    const state = `${from}-${until}-${lock ? lock[1] : ""}`;
    if (state === this.capsState) return;
    this.capsState = state;
    /** @type {Node[]} */
    const shown = [];
    for (const [, , down, cls, caps, char] of data.keys.slice(from, until)) {
      if (!down || cls === "modifier") continue;
      if (caps.length) shown.push(make("span", "chord", ...caps.map((cap) => make("kbd", "", cap))));
      else if (char) shown.push(make("span", char === " " ? "char blank" : "char", char));
      else shown.push(make("span", `dot dot-${cls}`));
    }
    if (lock) shown.push(make("span", "locked", icon("lock"), make("span", "", `withheld${lock[3] ? ` · ${lock[3]}` : ""}`)));
    this.caps.replaceChildren(...shown.slice(-32));
    this.caps.classList.toggle("filled", shown.length > 0);
  }

  #toHash() {
    if (!this.linked) return;
    try {
      history.replaceState(null, "", `#t=${(this.t / 1000).toFixed(1)}`);
    } catch {
      // A page opened from an odd place may not change its address; the link is a convenience.
    }
  }

  #fromHash() {
    const found = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
    if (found) {
      this.t = Math.max(0, Math.min(this.scene.duration, Number(found[1]) * 1000));
      this.draw();
    }
  }
}

/** @param {Scene} scene */
function seen(scene) {
  if (scene.data.frames.length) return "all but cleared controls is painted over";
  return scene.data.wireframes.length ? "drawn from boxes and roles, no picture was kept" : "drawn from events, no picture was kept";
}

/** Whether keys belong to where they are typed: a field, an open dialog. @param {EventTarget | null} target */
function busy(target) {
  return target instanceof Element && target.closest("input, textarea, select, dialog") !== null;
}
