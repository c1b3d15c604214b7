/**
 * Whose exceptions heat-api rebuilds: those of heat.common.exception, but for the one that cannot be made again out of a
 * text: it wants the error that it stands for. Upstream: heat/common/messaging.py (setup),
 * heat/common/exception.py (ResourceFailure) at 2014.2.
 */
import type { AllowedModules, ExceptionModule } from "../../bus/index.js";
import * as heatException from "./exception.js";

const { ResourceFailure: _, ...rebuilt } = heatException;

export const heatAllowedModules: AllowedModules = new Map<string, ExceptionModule>([
  ["heat.common.exception", rebuilt],
]);
