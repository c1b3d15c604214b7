/** The record of a run: written as it goes, read, compared, searched. */
export type {
  Actor,
  AnyObservation,
  Check,
  ClientCommand,
  Entry,
  EntryKind,
  EntryOf,
  Fault,
  Folded,
  Header,
  ScenarioObservation,
  Screen,
  ScreenAction,
  ScreenField,
  ScreenForm,
  ScreenList,
  ScreenMessage,
  ScreenPanel,
  ScreenPart,
  ScreenRow,
  ScreenTable,
  ScreenText,
  Stamp,
  Step,
  Timeline,
  WatchedStates,
  WatchedTable,
} from "./entry.js";
export { Recorder } from "./recorder.js";
export { MemoryTimeline } from "./memory.js";
export { FOLD_OVER_BYTES } from "./fold.js";
export { headerLine, writeTimeline, type Sink } from "./writer.js";
export {
  EntryReader,
  linesOf,
  readHeader,
  readTimeline,
  TIMELINE_VERSION,
  TimelineReader,
  type ReadTimeline,
} from "./reader.js";
export { isKnownKind } from "./shape.js";
export { TimelineError } from "./errors.js";
export {
  diffHeaders,
  diffTimelines,
  diffValues,
  divergenceOf,
  firstDifference,
  type Divergence,
  type FieldDifference,
  type LineDifference,
  type TimelineDifference,
} from "./diff.js";
export { describeEntry } from "./describe.js";
export { explainServer } from "./explain/explain.js";
export {
  Messages,
  type Exchange,
  type RestExchange,
  type RpcExchange,
  type RpcSentEntry,
} from "./messages.js";
export { fits, FlowFacts, isParty } from "./flow/fit.js";
export { Routine } from "./flow/routine.js";
export { FlowSyntaxError, FLOW_LINE, parseFlowLine, type FlowLine } from "./flow/line.js";
export { matchFlow, type FlowMatch, type FlowMismatch } from "./flow/flow.js";
