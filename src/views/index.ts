/** What people look at, made from a timeline alone. */
import { asciicast } from "./export/asciicast.js";
import { otlp } from "./export/otlp.js";
import { perfetto } from "./export/perfetto.js";
import { shiviz } from "./export/shiviz.js";
import { jsonl } from "./jsonl.js";
import { mermaid } from "./mermaid/mermaid.js";
import { scheduler } from "./scheduler/scheduler.js";
import { svg } from "./svg/svg.js";
import { text } from "./text.js";
import type { View } from "./view.js";

export type { Paint, Recording, View, ViewOptions } from "./view.js";
export { renderText } from "./text.js";
export { renderJsonl } from "./jsonl.js";
export { renderMermaid } from "./mermaid/mermaid.js";
export { renderSvg } from "./svg/svg.js";
export { renderScheduler } from "./scheduler/scheduler.js";

/**
 * Every view by its name, the default first.
 *
 * @example
 * ```ts
 * import { VIEWS } from "novasim";
 *
 * console.log([...VIEWS.keys()][0], VIEWS.get("svg")?.extension); // text svg
 * ```
 */
export const VIEWS: ReadonlyMap<string, View> = new Map(
  [text, jsonl, mermaid, svg, scheduler, perfetto, otlp, shiviz, asciicast].map((view) => [
    view.name,
    view,
  ]),
);
