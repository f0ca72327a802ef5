/**
 * What the extension and the recorder say to each other. Made by `python -m scripts.extension_types` from
 * src/byhand/events/browser.py: change it there. What each means: docs/formats/browser.md.
 */

/**
 * Events of one document, in order. The first one has the number `first`; each document counts its events from 0,
 * with those it had to drop.
 *
 * document: the browser's own id of it, random. url: the document's address, top: the tab's. window, tab, frame: the
 * browser's own numbers (frame 0 is the tab's own document). sent: when it was sent. skipped: how many events just
 * before `first` the document itself had to drop, because too many waited.
 * scripted: events that scripts forged since the last batch and that were not told.
 */
export interface Batch {
  say: "batch";
  document: string;
  window: number;
  tab: number;
  frame: number;
  url: string;
  top: string;
  first: number;
  sent: number;
  events: readonly (Press | Release | Move | Stroke | Wheel | Happened | PageTold | Seen)[];
  skipped?: number;
  scripted?: number;
}

export type DocumentEvent = Press | Release | Move | Stroke | Wheel | Happened | PageTold | Seen;

/**
 * An element as the page's observer describes it. screen: device pixels; area: CSS pixels of its document.
 *
 * node: its number in the document, from 1. role, name: ARIA role and accessible name, never a field's value.
 * above: ARIA roles of what it lies in, outermost first, at most 40. kind: `type` of an input.
 * secret: it is, or once was, a secret field. masked: the page wants its words hidden; then `name` is "".
 * frames: the way to its frame: a place among the frames of the one above, outermost first.
 */
export interface ElementTold {
  node: number;
  role: string;
  name: string;
  tag: string;
  states: readonly string[];
  screen: readonly [number, number, number, number];
  area: readonly [number, number, number, number];
  above?: readonly string[];
  kind?: string;
  selectors?: readonly string[];
  holds?: string;
  secret?: boolean;
  masked?: boolean;
  frames?: readonly number[];
}

/** Tell at once what waits, then say `Flushed` with the same mark. */
export interface Flush {
  say: "flush";
  mark: number;
}

/** Answer to `Flush`: all that was seen until then has been told. */
export interface Flushed {
  say: "flushed";
  mark: number;
}

/** All events of that document below the number `next` have arrived. They need not be sent again. */
export interface Got {
  say: "got";
  document: string;
  next: number;
}

/**
 * Something happened to an element that is no press. why: never `press`.
 *
 * value: the chosen option's label; the text of a field, only where `text` is granted and the field is no secret.
 */
export interface Happened {
  kind: "element";
  at: number;
  why:
    | "change"
    | "close"
    | "copy"
    | "cut"
    | "drag"
    | "drop"
    | "file"
    | "focus"
    | "hover"
    | "input"
    | "open"
    | "paste"
    | "press"
    | "scroll"
    | "submit";
  element: ElementTold;
  trusted: boolean;
  value?: string;
}

/** The first word of each connection. browser: as the native host was installed for, a window class. */
export interface Hello {
  say: "hello";
  version: number;
  browser: string;
  extension: string;
}

/** The pointer moved; only told where `pointer` is granted. */
export interface Move {
  kind: "move";
  at: number;
  x: number;
  y: number;
  trusted: boolean;
}

/** One element of a snapshot. box: viewport. parent: place of its parent in the list, or -1. */
export interface NodeTold {
  node: number;
  parent: number;
  role: string;
  tag: string;
  name: string;
  states: readonly string[];
  box: readonly [number, number, number, number];
  holds?: string;
  secret?: boolean;
  masked?: boolean;
}

/** What happened to the document. */
export interface PageTold {
  kind: "page";
  at: number;
  what: "left" | "loaded" | "moved";
  title?: string;
}

/**
 * A pointer button went down (`pointerdown`). x, y: screen. times: which press of a quick row. button: 1 left, 2
 * middle, 3 right, 8 back, 9 forward. element: None where nothing is under it.
 */
export interface Press {
  kind: "press";
  at: number;
  button: number;
  x: number;
  y: number;
  times: number;
  trusted: boolean;
  element?: ElementTold | null;
}

/** That button went up (`pointerup`, or `pointercancel` or `dragend` in its place). */
export interface Release {
  kind: "release";
  at: number;
  button: number;
  x: number;
  y: number;
  trusted: boolean;
}

export type Said = State | Got | Flush;

/** The observer's list. x, y: the viewport's corner on the screen. w, h: the viewport, in CSS pixels. */
export interface Seen {
  kind: "snapshot";
  at: number;
  why: "asked" | "change" | "loaded" | "moved" | "press";
  observer: number;
  x: number;
  y: number;
  w: number;
  h: number;
  scale: number;
  nodes: readonly NodeTold[];
  more: number;
}

/** A covered site. origin: as in a policy, `*.` allowed. streams: what may be kept there. */
export interface SiteSaid {
  origin: string;
  streams: readonly string[];
}

/**
 * What the recorder does, said on every change. `sites` is empty unless `state` is "recording".
 *
 * alone: no other driver watches: keys, presses and scrolls are to be told too. grant, until: id and last day of the
 * grant. purpose: "mine" or "train". hushed: origins where the person has paused, or never wants anything kept.
 */
export interface State {
  say: "state";
  state: "paused" | "recording";
  recording: string;
  alone: boolean;
  sites: readonly SiteSaid[];
  hushed: readonly string[];
  grant: string;
  until: string;
  purpose: string;
  task: string;
  version: number;
}

/**
 * A key went down or up. In a secret field, or while an input method composes, `key` is "" and `code` too.
 *
 * key, code: as in `KeyboardEvent`. mods: 1 shift, 4 control, 8 alt, 64 meta.
 */
export interface Stroke {
  kind: "key";
  at: number;
  down: boolean;
  key: string;
  code: string;
  mods: number;
  repeat: boolean;
  trusted: boolean;
}

/**
 * What happened to a tab or a window. url is "" where its site is not listed; then `title` is "" too.
 *
 * what `window left`: no window of this browser has the focus any more. `x, y, w, h`: of the window, device pixels.
 */
export interface TabTold {
  say: "tab";
  at: number;
  what: "download" | "tab closed" | "tab opened" | "tab switched" | "window focused" | "window left";
  window: number;
  tab: number;
  url?: string;
  title?: string;
  x?: number;
  y?: number;
  w?: number;
  h?: number;
}

export type Told = Hello | Batch | TabTold | Flushed;

/** A row of scrolls, told when it pauses or turns. dx, dy: CSS pixels, positive is right and down. x, y: screen. */
export interface Wheel {
  kind: "scroll";
  at: number;
  dx: number;
  dy: number;
  x: number;
  y: number;
  trusted: boolean;
}
