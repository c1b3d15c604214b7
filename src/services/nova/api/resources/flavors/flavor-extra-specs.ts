/**
 * What schedulers are told about a flavor beside its numbers. Upstream: contrib/flavorextraspecs.py,
 * nova/compute/flavors.py (validate_extra_spec_keys) at 2014.2; nova §5.2.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import { dictOrder, get, isObject, type Json, str } from "../../../../../python/index.js";
import { deleteExtraSpec, setExtraSpecs } from "../../../db/flavors.js";
import { FlavorExtraSpecsNotFound } from "../../../exception.js";
import { badRequest, stringOfLength } from "../../input.js";
import { route, type NovaRoute } from "../../route.js";
import { findFlavor, flavorNotFound } from "./flavors.js";

const POLICY = "compute_extension:flavorextraspecs";
const COLLECTION = "/flavors/{id}/os-extra_specs";
const ITEM = `${COLLECTION}/{key}`;
/** Its `$` lets a line end. */
const VALID_KEY = /^[\p{L}\p{N}_.\- :]+\n?$/u;

export const flavorExtraSpecsRoutes: readonly NovaRoute[] = [
  route("GET", COLLECTION, `${POLICY}:index`, function* ({ app, ctxt, params: { id } }) {
    // Nobody catches it here, so that it is told without its words.
    const flavor = findFlavor(app, ctxt, id, (error) => error);
    return respond(200, { extra_specs: flavor.extra_specs });
  }),
  route(
    "POST",
    COLLECTION,
    `${POLICY}:create`,
    function* ({ app, ctxt, request: { body }, params: { id } }) {
      if (body === null || body === "") throw badRequest("No Request Body");
      const specs = checkedSpecs(get(body, "extra_specs"));
      setExtraSpecs(app.db, findFlavor(app, ctxt, id, flavorNotFound).id, specs);
      return respond(200, body);
    },
  ),
  route("GET", ITEM, `${POLICY}:show`, function* ({ app, ctxt, params: { id, key } }) {
    const { extra_specs } = findFlavor(app, ctxt, id, flavorNotFound);
    const value = Object.hasOwn(extra_specs, key) ? extra_specs[key] : undefined;
    if (value === undefined) {
      throw notFound(new FlavorExtraSpecsNotFound({ flavor_id: id, extra_specs_key: key }));
    }
    return respond(200, { [key]: value });
  }),
  route(
    "PUT",
    ITEM,
    `${POLICY}:update`,
    function* ({ app, ctxt, request: { body }, params: { id, key } }) {
      const specs = checkedSpecs(body);
      if (!specs.has(key)) throw badRequest("Request body and URI mismatch");
      if (specs.size > 1) throw badRequest("Request body contains too many items");
      setExtraSpecs(app.db, findFlavor(app, ctxt, id, flavorNotFound).id, specs);
      return respond(200, body);
    },
  ),
  route("DELETE", ITEM, `${POLICY}:delete`, function* ({ app, ctxt, params: { id, key } }) {
    try {
      deleteExtraSpec(app.db, findFlavor(app, ctxt, id, flavorNotFound), key);
    } catch (error) {
      throw error instanceof FlavorExtraSpecsNotFound ? notFound(error) : error;
    }
    return respond(200);
  }),
];

const notFound = (error: Error): HttpFault => new HttpFault(404, error.message);

/** `_check_extra_specs`: all keys, then each with its value. @throws HttpFault 400, InvalidInput */
function checkedSpecs(given: Json): ReadonlyMap<string, string> {
  if (!isObject(given)) throw badRequest("Bad extra_specs provided");
  const keys = dictOrder(Object.keys(given));
  if (!keys.every((key) => VALID_KEY.test(key))) {
    throw badRequest(
      "Key Names can only contain alphanumeric characters, periods, dashes, underscores, colons and spaces.",
    );
  }
  const specs = new Map<string, string>();
  for (const key of keys) {
    stringOfLength(key, "extra_specs key", 1, 255);
    const value = given[key] ?? null;
    const numeric = typeof value === "number" || typeof value === "boolean";
    specs.set(key, stringOfLength(numeric ? str(value) : value, "extra_specs value", 0, 255));
  }
  return specs;
}
