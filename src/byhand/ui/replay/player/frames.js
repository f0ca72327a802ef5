/** Frames: rectangles and pictures laid over each other on a canvas of the desktop's own size, up to a moment. */
import { Scene, countUntil } from "./scene.js";

export class Frames {
  /** @param {Scene} scene @param {() => void} ready called when a picture has come in */
  constructor(scene, ready) {
    this.scene = scene;
    this.ready = ready;
    this.screen = document.createElement("canvas");
    [this.screen.width, this.screen.height] = scene.screen;
    this.paper = /** @type {CanvasRenderingContext2D} */ (this.screen.getContext("2d"));
    /** How many frames lie on the screen. */
    this.laid = 0;
    /** @type {(HTMLImageElement | null)[]} */
    this.pictures = scene.data.pictures.map(() => null);
  }

  /** Lay what was kept up to t. Returns whether there is anything to see. @param {number} t */
  until(t) {
    const { data, times } = this.scene;
    const until = countUntil(times.frames, t);
    if (until < this.laid) {
      this.laid = 0;
      this.paper.clearRect(0, 0, this.screen.width, this.screen.height);
    }
    while (this.laid < until && this.#lay(data.frames[this.laid][2])) this.laid++;
    return this.laid > 0;
  }

  /** One frame, if all its pictures are there; returns whether they were. @param {import("./scene.js").Piece[]} pieces */
  #lay(pieces) {
    // All are asked for before the first is waited for.
    const waiting = pieces.filter((piece) => typeof piece[4] === "number" && !this.#picture(piece[4]).complete);
    if (waiting.length) return false;
    for (const [x, y, w, h, what] of pieces) {
      if (typeof what === "string") {
        this.paper.fillStyle = what;
        this.paper.fillRect(x, y, w, h);
      } else if (this.#picture(what).naturalWidth) this.paper.drawImage(this.#picture(what), x, y);
    }
    return true;
  }

  /** @param {number} index */
  #picture(index) {
    let picture = this.pictures[index];
    if (!picture) {
      picture = this.pictures[index] = new Image();
      picture.onload = picture.onerror = this.ready;
      picture.src = `data:image/png;base64,${this.scene.data.pictures[index]}`;
    }
    return picture;
  }
}
