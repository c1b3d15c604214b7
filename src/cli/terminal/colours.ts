/** Colours for a stream, or none: NO_COLOR and --no-color win, FORCE_COLOR next, else a terminal. */
import pc from "picocolors";
import type { Paint as ProblemPaint } from "../../scenario/index.js";
import type { Paint as ViewPaint } from "../../views/index.js";
import type { Io, Out } from "../io.js";

/** Whether `out` gets colours. */
export function wantsColour(io: Io, out: Out, refused: boolean): boolean {
  const set = (name: string): boolean => (io.env[name] ?? "") !== "";
  if (refused || set("NO_COLOR")) return false;
  if (set("FORCE_COLOR")) return io.env["FORCE_COLOR"] !== "0";
  return out.tty && io.env["TERM"] !== "dumb";
}

export function problemPaint(colour: boolean): ProblemPaint {
  const c = pc.createColors(colour);
  return { error: c.red, warning: c.yellow, strong: c.bold, faint: c.dim };
}

export function viewPaint(colour: boolean): ViewPaint {
  const c = pc.createColors(colour);
  return {
    strong: c.bold,
    dim: c.dim,
    rest: c.cyan,
    rpc: c.magenta,
    state: c.blue,
    good: c.green,
    warn: c.yellow,
    bad: c.red,
  };
}
