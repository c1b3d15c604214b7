/**
 * The colours of a picture, in light and in dark. Colour names kinds and is always the second signal:
 * lines, heads and words tell the same. Plain rules, because not every reader of SVG knows variables.
 */

interface Palette {
  readonly paper: string;
  readonly panel: string;
  readonly sunk: string;
  readonly ink: string;
  readonly muted: string;
  readonly rest: string;
  readonly call: string;
  readonly cast: string;
  readonly bad: string;
  readonly good: string;
  readonly state: string;
  readonly outline: string;
  readonly lifeline: string;
  readonly rule: string;
  readonly bar: string;
}

const LIGHT: Palette = {
  paper: "#fbfaf8",
  panel: "#ffffff",
  sunk: "#f2f0ec",
  ink: "#1b1a18",
  muted: "#5d5a54",
  rest: "#1a56b0",
  call: "#6f35a8",
  cast: "#0a6b5b",
  bad: "#b3221b",
  good: "#1c6b3a",
  state: "#7a4b00",
  outline: "#8d887e",
  lifeline: "#c3beb4",
  rule: "#dcd8d0",
  bar: "#e9e6df",
};

const DARK: Palette = {
  paper: "#161719",
  panel: "#1d1f22",
  sunk: "#121315",
  ink: "#e9e7e2",
  muted: "#a6a29a",
  rest: "#82b4ff",
  call: "#cba6f7",
  cast: "#6fd6c1",
  bad: "#ff8f86",
  good: "#7fd49b",
  state: "#f0be62",
  outline: "#777c85",
  lifeline: "#484c53",
  rule: "#34373c",
  bar: "#2a2d32",
};

const FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif";
const MONO = "ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace";

const SHAPES = `text{font:12px ${FONT};white-space:pre}
.mono{font-family:${MONO};font-weight:600;font-size:13px}
.title{font-weight:600;font-size:15px}.note{font-size:14px}.small{font-size:11px}
.head{font-weight:600;font-size:11px;text-anchor:middle}.under{font-size:11px;text-anchor:middle}
.time{font-size:11px;text-anchor:end;font-variant-numeric:tabular-nums}
.on{paint-order:stroke;stroke-width:4px;stroke-linejoin:round;stroke-opacity:.88}
tspan{unicode-bidi:isolate}
.strong,.state,.good,.bad{font-weight:600}
.l{fill:none;stroke-width:1.5}.rpc{stroke-dasharray:5 3}.answer{stroke-width:1;stroke-dasharray:2 3}
.lane{fill:none;stroke-width:1}.dead{fill:none;stroke-width:1.5;stroke-dasharray:2 4}
.bar,.wait{stroke-width:1}.glyph{stroke-width:1.5}.rule{stroke-width:1}`;

const colours = (p: Palette): string =>
  `text,.strong{fill:${p.ink}}.muted,.under,.time,.small{fill:${p.muted}}.on{stroke:${p.paper}}
.paper{fill:${p.paper}}.panel{fill:${p.panel}}.sunk{fill:${p.sunk}}.rule{stroke:${p.rule}}.edge{stroke:${p.outline}}
.lane{stroke:${p.lifeline}}.dead{stroke:${p.bad}}.bar{fill:${p.bar};stroke:${p.outline}}.wait{fill:url(#hatch);stroke:${p.outline}}
.hatch{stroke:${p.outline};fill:none}.hatched{fill:${p.paper}}
${(["rest", "call", "cast", "bad", "good", "state"] as const)
  .map((tone) => `.${tone}{fill:${p[tone]}}.l.${tone}{fill:none;stroke:${p[tone]}}`)
  .join("")}
.glyph{fill:${p.paper};stroke:${p.outline}}.glyph.bad{fill:${p.paper};stroke:${p.bad}}.glyph.good{fill:${p.paper};stroke:${p.good}}.glyph.state{fill:${p.paper};stroke:${p.state}}.glyph.cast{fill:none;stroke:${p.cast}}`;

/** For a `style` element: nothing in it comes from a recording. */
export const STYLE = `${SHAPES}
${colours(LIGHT)}
@media(prefers-color-scheme:dark){${colours(DARK)}}`;
