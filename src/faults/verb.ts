/**
 * One kind of fault in one record: what can be written of it, how it reads, and what it does. A
 * fault verb is one file in `verbs/`, and its entry in the list there.
 */
import type { Kernel } from "../kernel/index.js";
import type { BusInjector } from "./bus/injector.js";
import type { Fault, FaultKind } from "./fault.js";
import type { HardwareInjector } from "./hardware-injector.js";
import type { RestInjector } from "./rest-injector.js";

/** Through what faults act. Each is wired into its part of the world by the first fault that asks. */
export interface Injectors {
  readonly kernel: Kernel;
  /** Messages between processes. */
  bus(): BusInjector;
  /** Requests between hosts; undefined where there is no network, only a bus. */
  rest(): RestInjector | undefined;
  /** Hypervisors, disks, volume groups. */
  hardware(): HardwareInjector;
}

/** `S` is what is written: an object that has `key`. */
export interface FaultVerb<S extends object> {
  /** `drop`: what scenario files and `heal` call it. */
  readonly key: string;
  readonly kind: FaultKind;
  /** As timelines and warnings name it. */
  text(spec: S): string;
  /** What is recorded when it strikes, if not its text. */
  struckText?(spec: S): string;
  /** The processes and hosts that it is aimed at. */
  places(spec: S): readonly string[];
  /** @throws Error for what cannot go wrong here and now */
  check?(spec: S, injectors: Injectors): void;
  /** Let it go wrong from now on. */
  inject(spec: S, fault: Fault, injectors: Injectors): void;
  /** `heal` leaves it alone, as it is over by itself. */
  readonly endsByItself?: boolean;
}
