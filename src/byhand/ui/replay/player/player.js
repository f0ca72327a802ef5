/** <byhand-replay>: the page around a playback and its story. It reads its data from the JSON block inside it. */
import { Playback } from "./playback.js";
import { Scene, lasting } from "./scene.js";
import { Story, icon, make } from "./story.js";

const STREAMS = ["actions", "text", "timing", "pointer", "frames"];
/** @type {Record<string, [string, string]>} */
const COUNTS = {
  key: ["key event", "key events"], text: ["text", "texts"], motion: ["pointer point", "pointer points"],
  button: ["button event", "button events"], scroll: ["scroll", "scrolls"], window: ["window change", "window changes"],
  element: ["element", "elements"], frame: ["frame", "frames"], wireframe: ["wireframe", "wireframes"],
  page: ["page change", "page changes"], snapshot: ["snapshot", "snapshots"], mark: ["mark", "marks"],
};

export class Replay extends Playback {
  connectedCallback() {
    const block = this.querySelector("script[type='application/json']");
    const scene = new Scene(JSON.parse(block?.textContent ?? "{}"));
    this.prepare(scene);
    const story = new Story(scene, (t) => this.seek(t));
    this.story = story;
    const side = make("aside", "side", this.#facts(), make("h2", "", "What happened"), story.list);
    if (!scene.data.story.length) story.list.append(make("p", "empty", "Nothing was kept in this recording."));
    this.append(this.#head(), make("main", "", this.view, side), make("footer", "", this.transport, this.track));
    this.begin();
  }

  #head() {
    const { facts } = this.scene;
    const mark = make("span", "brand", icon("press"));
    const words = make("div", "names", make("h1", "", make("bdi", "", facts.title)), make("p", "", `${facts.began} · ${lasting(facts.duration)} · recording ${facts.recording}`));
    const chips = make("ul", "chips");
    chips.setAttribute("aria-label", "What was granted");
    const purpose = make("li", "chip purpose", facts.purpose === "mine" ? "for me only" : "may train models, after review");
    chips.append(purpose);
    for (const name of STREAMS) {
      const on = facts.streams.includes(name);
      const chip = make("li", on ? "chip on" : "chip off", name);
      chip.title = on ? `the grant covers ${name}` : `the grant does not cover ${name}`;
      if (!on) chip.append(make("span", "unseen", " not granted"));
      chips.append(chip);
    }
    return make("header", "", mark, words, chips);
  }

  #facts() {
    const { facts } = this.scene;
    const list = make("dl", "facts");
    for (const [kind, [one, many]] of Object.entries(COUNTS)) {
      const count = facts.kept[kind] ?? 0;
      if (count) list.append(make("div", "", make("dt", "", count === 1 ? one : many), make("dd", "", count.toLocaleString("en"))));
    }
    const box = make("section", "kept", make("h2", "", "What was kept"), list);
    const apps = make("p", "apps", facts.apps.length ? "from " : "from no app");
    facts.apps.forEach((app, i) => apps.append(i ? ", " : "", make("bdi", "", app)));
    box.append(apps);
    const notes = [];
    if (facts.withheld) notes.push(facts.withheld === 1 ? "input was withheld once" : `input was withheld ${facts.withheld} times`);
    if (this.scene.gaps.length) notes.push(`${this.scene.gaps.length} ${this.scene.gaps.length === 1 ? "gap" : "gaps"}${facts.gap_ms ? `, ${lasting(facts.gap_ms)}` : ""}`);
    if (facts.thinned) notes.push(`the path is drawn with every ${facts.thinned}th point`);
    if (notes.length) box.append(make("p", "notes", icon("lock"), notes.join(" · ")));
    return box;
  }
}

customElements.define("byhand-replay", Replay);
