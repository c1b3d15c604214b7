/** Virtual time: operations, greenthreads, locks and channels, seeded randomness, ids. */
export { done, type Effect, type Op } from "./op.js";
export { Kernel, type Ceilings, type KernelOptions } from "./kernel.js";
export { Greenthread, type SpawnOptions } from "./greenthread.js";
export { Timer } from "./timer.js";
export { sleep, join, self, withTimeout, quietly, aloud } from "./wait.js";
export { Steps, endStep, type Stepped } from "./steps.js";
export { Signal, Semaphore, Lock, Locks, Channel } from "./sync.js";
export { caught, Unchecked } from "./unchecked.js";
export { Ring } from "./queues/ring.js";
export { Stream, Streams, type Span } from "./random.js";
export {
  Calendar,
  DEFAULT_EPOCH,
  unixMicros,
  microseconds,
  milliseconds,
  between,
  shorter,
  seconds,
  minutes,
  hours,
  type Duration,
  type Micros,
  type OfUnit,
} from "./time.js";
export {
  DURATION,
  LONGEST,
  LONGEST_RUN,
  SPAN,
  formatDuration,
  parseDuration,
  parseSpan,
} from "./duration.js";
export { log, logAloud, type LogLine } from "./log.js";
export { NO_CAUSE, type Cause, type Detail, type Observation, type Observer } from "./observer.js";
export {
  CeilingReached,
  DriverError,
  Halted,
  InvariantError,
  Stalled,
  UnhandledError,
} from "./errors.js";
export { assertFunction, assertOp, assertOptions, assertText, refuse } from "./checks/given.js";
