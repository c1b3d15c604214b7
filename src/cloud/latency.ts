/** How long things take unless a cloud says otherwise: a small, healthy deployment on one LAN. */
import { milliseconds, seconds, type Span } from "../kernel/index.js";
import type { Latency } from "./options.js";

const ms = (min: number, max: number): Span => ({ min: milliseconds(min), max: milliseconds(max) });
const s = (min: number, max: number): Span => ({ min: seconds(min), max: seconds(max) });

export const DEFAULT_LATENCY: Latency = {
  rest: ms(2, 5),
  rpc: ms(1, 3),
  spawn: s(2, 4),
  power_off: s(1, 3),
  power_on: s(1, 3),
  snapshot: s(1, 2),
  destroy: ms(200, 600),
  wire_port: ms(50, 150),
  image_mb_per_s: 100,
};
