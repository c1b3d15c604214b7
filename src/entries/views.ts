/**
 * `novasim/views`: recordings and what people look at, without the cloud that made them. For tools that read a
 * recording and draw it: it starts in a fraction of the time that the whole library takes.
 */

// The record of a run: written, read, compared, searched.
export {
  MemoryTimeline,
  Messages,
  Recorder,
  TIMELINE_VERSION,
  TimelineError,
  describeEntry,
  diffTimelines,
  firstDifference,
  matchFlow,
  parseFlowLine,
  readTimeline,
  writeTimeline,
  type Actor,
  type Divergence,
  type Entry,
  type FlowLine,
  type FlowMatch,
  type FlowMismatch,
  type Header,
  type ReadTimeline,
  type RestExchange,
  type RpcExchange,
  type Sink,
  type Timeline,
  type TimelineDifference,
} from "../timeline/index.js";

// What people look at, made from a timeline alone.
export {
  VIEWS,
  renderJsonl,
  renderMermaid,
  renderScheduler,
  renderSvg,
  renderText,
  type Recording,
  type View,
} from "../views/index.js";
