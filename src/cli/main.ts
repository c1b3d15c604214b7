/** The `novasim` process: the command line, the real streams and signals, and real clouds. */
import { EXIT } from "./exit.js";
import { processIo } from "./process-io.js";
import { main } from "./program.js";

const io = processIo(async () => (await import("./simulator.js")).simulator);
void main(process.argv.slice(2), io).then((code) => {
  // After Ctrl-C nobody waits for a reader that has stopped reading. Else not process.exit: what was
  // written to a pipe must still leave.
  if (code === EXIT.interrupted) process.exit(code);
  process.exitCode ??= code;
});
