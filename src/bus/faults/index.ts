/** Faults on the wire, as verbs. */
export { type Wire } from "./wire.js";
export { faultText } from "./words.js";
export { type Declared } from "./declared.js";
export {
  CUT_DIRECTIONS,
  MESSAGE_KINDS,
  WIRE_VERBS,
  type BrokerRestart,
  type CutAim,
  type CutDirection,
  type DelayAim,
  type DropAim,
  type MessageAim,
  type MessageKind,
  type ReorderAim,
  type ReplyPart,
  type StallAim,
  type Window,
  type WireFaultSpec,
  type WireVerb,
} from "./spec.js";
