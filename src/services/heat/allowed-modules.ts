/**
 * Whose exceptions heat-api rebuilds: heat.common.exception, and Python's builtins as everybody's do.
 * Upstream: heat/common/messaging.py (setup) at 2014.2.
 */
import type { AllowedModules, ExceptionModule } from "../../bus/index.js";
import * as heatException from "./exception.js";

export const heatAllowedModules: AllowedModules = new Map<string, ExceptionModule>([
  ["heat.common.exception", heatException],
]);
