/**
 * What a hypervisor tells of its guests: that one was started or stopped, that it stands still or goes on. It tells whoever had it
 * done as well. A change is told of once: what libvirt of that time told of twice, or on the way, is left out. Upstream: libvirt's
 * virDomainEventType, and its qemuDomainCreateXML, which tells of a guest that starts paused both that it started and that it is paused.
 */
import * as powerStates from "./power-states.js";
import type { PowerState } from "./power-states.js";

/** As nova/virt/event.py names them. */
export type Transition = "Started" | "Stopped" | "Paused" | "Resumed";

export type LifecycleListener = (uuid: string, transition: Transition) => void;

/** What is told of a guest whose state was one, and now is another; undefined: it was not there, or is not. */
export function transitions(
  before: PowerState | undefined,
  after: PowerState | undefined,
): readonly Transition[] {
  const [from, to] = [activityIn(before), activityIn(after)];
  if (from === to) return [];
  if (to === "off") return ["Stopped"];
  if (from === "off") return to === "paused" ? ["Started", "Paused"] : ["Started"];
  return to === "paused" ? ["Paused"] : ["Resumed"];
}

/** One that was written to disk is off. */
export function activityIn(state: PowerState | undefined): "runs" | "paused" | "off" {
  if (state === powerStates.RUNNING) return "runs";
  return state === powerStates.PAUSED ? "paused" : "off";
}
