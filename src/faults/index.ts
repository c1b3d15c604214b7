/** What can be made to go wrong: on the bus, between hosts, on hypervisors. */
export { FaultBoard, type FaultWorld } from "./board.js";
export type { Fault } from "./fault.js";
export { MESSAGE_KINDS, type MessageAim, type MessageKind } from "./aim.js";
export type { Window } from "./window.js";
export { faultText, type FaultSpec, type WireFaultSpec } from "./verbs/index.js";
export { CUT_DIRECTIONS, type CutAim, type CutDirection } from "./verbs/cut-off.js";
export type { DelayAim } from "./verbs/delay.js";
export type { DriverFaultSpec } from "./verbs/driver.js";
export type { DropAim } from "./verbs/drop.js";
export type { ReorderAim } from "./verbs/reorder.js";
export type { AnswerAim } from "./verbs/answer.js";
export type { BreakAim } from "./verbs/break-connection.js";
export type { SlowAim } from "./verbs/slow.js";
export { WORK_ORDERS, type RestAim, type WorkOrder } from "./rest-aim.js";
export type { BrokerRestart } from "./verbs/restart-broker.js";
export type { StallAim } from "./verbs/stall.js";
export type { ReplyPart } from "./bus/reply-parts.js";
