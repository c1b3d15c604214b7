/**
 * Administrators make and remove flavors. Upstream: contrib/flavormanage.py, nova/compute/flavors.py
 * (create) at 2014.2; nova §5.2.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import {
  strictBoolean,
  isObject,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { createFlavor, deleteFlavor } from "../../../db/flavors.js";
import type { InstanceTypeRow } from "../../../db/schema.js";
import { FlavorExists, FlavorIdExists } from "../../../exception.js";
import type { NovaApp } from "../../app.js";
import { badRequest } from "../../input.js";
import { type NovaRoute, route } from "../../route.js";
import { fullFlavor } from "../../views/flavor-view.js";
import { findFlavor } from "./flavors.js";

const POLICY = "compute_extension:flavormanage";
const VALID_NAME = /^[\w.\- ]*$/;
const LARGEST = 0x7fffffff;

export const flavorManageRoutes: readonly NovaRoute[] = [
  route("POST", "/flavors", POLICY, function* ({ app, ctxt, request: { body } }) {
    const values = flavorOf(app, body);
    try {
      const row = createFlavor(app.db, values);
      return respond(200, { flavor: fullFlavor(app, ctxt, { ...row, extra_specs: {} }) });
    } catch (error) {
      if (error instanceof FlavorExists || error instanceof FlavorIdExists) {
        throw new HttpFault(409, error.message);
      }
      throw error;
    }
  }),
  route("DELETE", "/flavors/{id}", POLICY, function* ({ app, ctxt, params: { id } }) {
    deleteFlavor(app.db, findFlavor(app, ctxt, id).id);
    return respond(202);
  }),
];

/** @throws HttpFault 400 */
function flavorOf(app: NovaApp, body: Json): InstanceTypeRow {
  const given = isObject(body) ? body["flavor"] : undefined;
  if (!isObject(given)) throw badRequest("Invalid request body");
  for (const key of ["name", "ram", "vcpus", "disk"]) {
    if (given[key] === undefined || given[key] === null) {
      throw badRequest(`${key} is required`);
    }
  }
  const factor = Number(given["rxtx_factor"] ?? 1);
  if (!(factor > 0)) throw badRequest("Invalid input received: 'rxtx_factor' argument must be > 0");
  const isPublic = given["os-flavor-access:is_public"];
  return {
    name: checkedName(given["name"], "name"),
    flavorid: flavorId(app, given),
    memory_mb: whole(given, "ram", "memory_mb", 1),
    vcpus: whole(given, "vcpus", "vcpus", 1),
    root_gb: whole(given, "disk", "root_gb", 0),
    ephemeral_gb: whole(given, "OS-FLV-EXT-DATA:ephemeral", "ephemeral_gb", 0),
    swap: whole(given, "swap", "swap", 0),
    rxtx_factor: factor,
    vcpu_weight: null,
    disabled: false,
    is_public: isPublic === undefined ? true : (strictBoolean(isPublic) ?? false),
  };
}

/** Left out, or `auto`: a new one. */
function flavorId({ env }: NovaApp, given: JsonObject): string {
  const id = given["id"];
  if (id === undefined || id === null || id === "auto") return env.stream("flavor").uuid();
  return checkedName(typeof id === "number" ? String(id) : id, "id");
}

function checkedName(value: Json | undefined, what: string): string {
  if (typeof value !== "string")
    throw badRequest(`Invalid input received: ${what} is not a string or unicode`);
  const name = value.trim();
  if (name === "") {
    throw badRequest(`Invalid input received: ${what} has a minimum character requirement of 1.`);
  }
  if (name.length > 255)
    throw badRequest(`Invalid input received: ${what} has more than 255 characters.`);
  if (!VALID_NAME.test(name)) {
    throw badRequest(
      `Invalid input received: Flavor ${what}s can only contain alphanumeric characters, periods, dashes, underscores and spaces.`,
    );
  }
  return name;
}

function whole(given: JsonObject, key: string, column: string, least: number): number {
  const value = given[key] ?? 0;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number)) {
    throw badRequest(`Invalid input received: ${column} must be an integer`);
  }
  if (number < least) throw badRequest(`Invalid input received: ${column} must be >= ${least}`);
  if (number > LARGEST) throw badRequest(`Invalid input received: ${column} must be <= ${LARGEST}`);
  return number;
}
