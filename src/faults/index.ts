/** What can be made to go wrong: on the bus, between hosts, on hypervisors. */
export { FaultBoard, type FaultWorld } from "./board.js";
export type { Fault } from "./fault.js";
export { MESSAGE_KINDS, type MessageAim, type MessageKind } from "./aim.js";
export type { Window } from "./window.js";
export { FAULT_VERBS, faultText, type FaultSpec, type WireFaultSpec } from "./verbs/index.js";
export { CUT_DIRECTIONS, type CutAim, type CutDirection } from "./verbs/connections/cut-off.js";
export type { DelayAim } from "./verbs/messages/delay.js";
export type { DriverFaultSpec } from "./verbs/hardware/driver.js";
export type { VolumeDriverFaultSpec } from "./verbs/hardware/volume-driver.js";
export type { DropAim } from "./verbs/messages/drop.js";
export type { ReorderAim } from "./verbs/messages/reorder.js";
export type { AnswerAim } from "./verbs/requests/answer.js";
export type { BreakAim } from "./verbs/connections/break-connection.js";
export type { SlowAim } from "./verbs/requests/slow.js";
export { WORK_ORDERS, type RestAim, type WorkOrder } from "./rest-aim.js";
export type { BrokerRestart } from "./verbs/connections/restart-broker.js";
export type { StallAim } from "./verbs/messages/stall.js";
export type { ReplyPart } from "./bus/reply-parts.js";
