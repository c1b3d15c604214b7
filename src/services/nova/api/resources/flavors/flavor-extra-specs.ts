/**
 * What schedulers are told about a flavor beside its numbers. Upstream: contrib/flavorextraspecs.py at
 * 2014.2; nova §5.2.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import { isObject, type Json } from "../../../../../python/index.js";
import { deleteExtraSpec, setExtraSpecs } from "../../../db/flavors.js";
import { FlavorExtraSpecsNotFound } from "../../../exception.js";
import { badRequest } from "../../input.js";
import { route, type NovaRoute } from "../../route.js";
import { findFlavor } from "./flavors.js";

const POLICY = "compute_extension:flavorextraspecs";
const COLLECTION = "/flavors/{id}/os-extra_specs";
const ITEM = `${COLLECTION}/{key}`;
const VALID_KEY = /^[\w\-. :]+$/;

export const flavorExtraSpecsRoutes: readonly NovaRoute[] = [
  route("GET", COLLECTION, `${POLICY}:index`, function* ({ app, ctxt, params: { id } }) {
    return respond(200, { extra_specs: findFlavor(app, ctxt, id).extra_specs });
  }),
  route(
    "POST",
    COLLECTION,
    `${POLICY}:create`,
    function* ({ app, ctxt, request: { body }, params: { id } }) {
      const specs = checkedSpecs(isObject(body) ? body["extra_specs"] : undefined);
      setExtraSpecs(app.db, findFlavor(app, ctxt, id).id, specs);
      return respond(200, body);
    },
  ),
  route("GET", ITEM, `${POLICY}:show`, function* ({ app, ctxt, params: { id, key } }) {
    const flavor = findFlavor(app, ctxt, id);
    const value = flavor.extra_specs[key];
    if (value === undefined) {
      const { flavorid: flavor_id } = flavor;
      throw notFound(new FlavorExtraSpecsNotFound({ flavor_id, extra_specs_key: key }));
    }
    return respond(200, { [key]: value });
  }),
  route(
    "PUT",
    ITEM,
    `${POLICY}:update`,
    function* ({ app, ctxt, request: { body }, params: { id, key } }) {
      const specs = checkedSpecs(body);
      if (specs[key] === undefined) throw badRequest("Request body and URI mismatch");
      if (Object.keys(specs).length > 1) throw badRequest("Request body contains too many items");
      setExtraSpecs(app.db, findFlavor(app, ctxt, id).id, specs);
      return respond(200, body);
    },
  ),
  route("DELETE", ITEM, `${POLICY}:delete`, function* ({ app, ctxt, params: { id, key } }) {
    try {
      deleteExtraSpec(app.db, findFlavor(app, ctxt, id), key);
    } catch (error) {
      throw error instanceof FlavorExtraSpecsNotFound ? notFound(error) : error;
    }
    return respond(200);
  }),
];

const notFound = (error: Error): HttpFault => new HttpFault(404, error.message);

/** @throws HttpFault 400 */
function checkedSpecs(given: Json | undefined): Readonly<Record<string, string>> {
  if (!isObject(given) || Object.keys(given).length === 0) throw badRequest("No Request Body");
  const specs: Record<string, string> = {};
  for (const [key, value] of Object.entries(given)) {
    if (!VALID_KEY.test(key) || key.length > 255) {
      throw badRequest(
        "Key Names can only contain alphanumeric characters, periods, dashes, underscores, colons and spaces.",
      );
    }
    if (typeof value !== "string" && typeof value !== "number") {
      throw badRequest("extra_specs value is not a string or unicode");
    }
    if (String(value).length > 255) {
      throw badRequest("extra_specs value has more than 255 characters.");
    }
    specs[key] = String(value);
  }
  return specs;
}
