#!/usr/bin/env node
/** The `novasim` process: the command line, the real streams and signals, and real clouds. */
import { flagCatalogue } from "../cloud/deployment.js";
import { Cloud } from "../cloud/cloud.js";
import { KNOWN, type Known } from "../scenario/index.js";
import { processIo } from "./process-io.js";
import { main } from "./program.js";

function known(): Known {
  const catalogue = flagCatalogue();
  const flags = [...catalogue.values()].flat().flatMap((set) => Object.keys(set));
  return { ...KNOWN, flags: [...new Set(flags)], services: [...catalogue.keys()] };
}

const code = await main(
  process.argv.slice(2),
  processIo((options) => new Cloud(options), known()),
);
// Not process.exit: what was written to a pipe must still leave.
process.exitCode ??= code;
