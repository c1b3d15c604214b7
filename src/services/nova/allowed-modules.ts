/**
 * Whose exceptions Nova's callers rebuild: nova.exception and Python's builtins; all others arrive
 * as RemoteError. Upstream: nova/rpc.py (ALLOWED_EXMODS).
 */
import type { AllowedModules, ExceptionModule } from "../../bus/index.js";
import {
  AttributeError,
  KeyError,
  NotImplementedException,
  PythonTypeError,
  ValueError,
} from "../../python/index.js";
import * as novaException from "./exception.js";

const builtins: ExceptionModule = {
  AttributeError,
  KeyError,
  NotImplementedError: NotImplementedException,
  TypeError: PythonTypeError,
  ValueError,
};

export const novaAllowedModules: AllowedModules = new Map<string, ExceptionModule>([
  ["nova.exception", novaException],
  ["exceptions", builtins],
]);
