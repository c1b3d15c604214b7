#!/usr/bin/env node
/** The `novasim` process: the command line, the real streams and signals, and real clouds. */
import module from "node:module";
import { EXIT } from "./exit.js";
import { processIo } from "./process-io.js";
import { main } from "./program.js";

// From 22 on Node can keep what it has compiled of the simulator, for the next process.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const code = await main(
  process.argv.slice(2),
  processIo(async () => (await import("./simulator.js")).simulator),
);
// After Ctrl-C nobody waits for a reader that has stopped reading. Else not process.exit: what was
// written to a pipe must still leave.
if (code === EXIT.interrupted) process.exit(code);
process.exitCode ??= code;
