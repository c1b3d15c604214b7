/**
 * What a new flavor must be, checked in upstream's order and in its words, which call the columns by
 * the names of the API. Upstream: nova/compute/flavors.py (create) at 2014.2.
 */
import {
  dictOrder,
  PythonTypeError,
  str,
  strictBoolean,
  truth,
} from "../../../../../python/index.js";
import type { Json } from "../../../../../python/index.js";
import type { InstanceTypeRow } from "../../../db/schema.js";
import { FlavorCreateFailed, InvalidInput } from "../../../exception.js";
import { stringOfLength, validInteger } from "../../input.js";

/** The arguments as they came. */
export interface FlavorRequest {
  readonly name: Json;
  readonly memory: Json;
  readonly vcpus: Json;
  readonly root_gb: Json;
  readonly ephemeral_gb: Json;
  readonly flavorid: Json;
  readonly swap: Json;
  readonly rxtx_factor: Json;
  readonly is_public: Json;
}

/** Names may be written in any script, ids in ASCII alone. */
const VALID_NAME = /^[\p{L}\p{N}_.\- ]*$/u;
const VALID_ID = /^[\w.\- ]*$/;
/** `db.MAX_INT`. */
const MAX_INT = 0x7fffffff;
const SQL_SP_FLOAT_MAX = 3.40282e38;

/** @throws InvalidInput; PythonTypeError for a factor that is neither number nor text */
export function newFlavor(request: FlavorRequest, uuid: () => string): InstanceTypeRow {
  // Whatever is false is as good as left out.
  const id = truth(request.flavorid) ? str(request.flavorid) : uuid();
  const name = checkedName(request.name);
  const flavorid = checkedId(id);
  const amounts = checkedAmounts(request);
  const rxtx_factor = checkedFactor(request.rxtx_factor);
  const is_public = strictBoolean(request.is_public);
  if (is_public === undefined) throw new InvalidInput({ reason: "is_public must be a boolean" });
  // Into no column of MySQL.
  if (Number.isNaN(rxtx_factor)) throw new FlavorCreateFailed();
  const kept = { rxtx_factor, vcpu_weight: null, disabled: false, is_public };
  return { name, flavorid, ...amounts, ...kept };
}

function checkedName(given: Json): string {
  const stripped = typeof given === "string" ? given.trim() : given;
  const name = stringOfLength(stripped, "name", 1, 255);
  if (VALID_NAME.test(name)) return name;
  throw new InvalidInput({
    reason:
      "Flavor names can only contain alphanumeric characters, periods, dashes, underscores and spaces.",
  });
}

function checkedId(id: string): string {
  if (id.trim() !== id) {
    throw new InvalidInput({
      reason: "id cannot contain leading and/or trailing whitespace(s)",
    });
  }
  stringOfLength(id, "id", 1, 255);
  if (VALID_ID.test(id)) return id;
  throw new InvalidInput({
    reason:
      "Flavor id can only contain letters from A-Z (both cases), periods, dashes, underscores and spaces.",
  });
}

type Amounts = Pick<InstanceTypeRow, "memory_mb" | "vcpus" | "root_gb" | "ephemeral_gb" | "swap">;

/** The first bad one is told: that of the dictionary `flavor_attributes`. */
function checkedAmounts(request: FlavorRequest): Amounts {
  const attributes = new Map<string, readonly [value: Json, name: string, min: number]>([
    ["memory_mb", [request.memory, "ram", 1]],
    ["vcpus", [request.vcpus, "vcpus", 1]],
    ["root_gb", [request.root_gb, "disk", 0]],
    ["ephemeral_gb", [request.ephemeral_gb, "ephemeral", 0]],
    ["swap", [request.swap, "swap", 0]],
  ]);
  const amounts: Record<keyof Amounts, number> = {
    memory_mb: 0,
    vcpus: 0,
    root_gb: 0,
    ephemeral_gb: 0,
    swap: 0,
  };
  for (const column of dictOrder([...attributes.keys()])) {
    const [value, name, min] = attributes.get(column) ?? [null, column, 0];
    amounts[column as keyof Amounts] = validInteger(value, name, min, MAX_INT);
  }
  return amounts;
}

function checkedFactor(given: Json): number {
  const factor = floatOf(given);
  // `nan` is neither too small nor too large.
  if (factor !== undefined && !(factor <= 0 || factor > SQL_SP_FLOAT_MAX)) return factor;
  throw new InvalidInput({
    reason: "'rxtx_factor' argument must be a float between 0 and 3.40282e+38",
  });
}

/** `float(value)`; undefined where that raises ValueError. @throws PythonTypeError */
function floatOf(value: Json): number | undefined {
  if (typeof value === "number" || typeof value === "boolean") return Number(value);
  if (typeof value !== "string") {
    throw new PythonTypeError("float() argument must be a string or a number");
  }
  const text = value.trim().toLowerCase();
  if (/^[+-]?(inf|infinity)$/.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  if (/^[+-]?nan$/.test(text)) return NaN;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}
