/**
 * Whose exceptions Cinder's callers rebuild: cinder.exception, and Python's builtins as everybody's do.
 * Upstream: cinder/rpc.py (ALLOWED_EXMODS).
 */
import type { AllowedModules, ExceptionModule } from "../../bus/index.js";
import * as cinderException from "./exception.js";

export const cinderAllowedModules: AllowedModules = new Map<string, ExceptionModule>([
  ["cinder.exception", cinderException],
]);
