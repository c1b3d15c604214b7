/** What the command simulates: the cloud of the library, and all that scenario files may name of it. */
import { Cloud } from "../cloud/cloud.js";
import { flagCatalogue } from "../cloud/flags/catalogue.js";
import { KNOWN } from "../scenario/index.js";
import type { Simulator } from "./io.js";

export const simulator: Simulator = {
  makeWorld: (options) => new Cloud(options),
  known: { ...KNOWN, catalogue: flagCatalogue() },
};
