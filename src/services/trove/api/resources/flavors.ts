/** Flavors, which are Nova's. Upstream: trove/flavor/service.py, models.py, views.py at 2014.2. */
import { caught, type Op } from "../../../../kernel/index.js";
import { parseInteger, ValueError, type JsonObject } from "../../../../python/index.js";
import type { Flavor } from "../../../nova/client/index.js";
import { NotFound } from "../../exception.js";
import { linksTo } from "../links.js";
import { route, shown, type TroveCall, type TroveRoute } from "../route.js";
import { novaFault } from "./instance-actions.js";

export const flavorRoutes: readonly TroveRoute[] = [
  route("GET", "/flavors", function* (call) {
    const flavors = yield* call.app.remote.nova(call.ctxt).flavors();
    return shown({ flavors: flavors.map((flavor) => flavorView(call, flavor)) });
  }),
  route("GET", "/flavors/{id}", function* (call) {
    const flavor = yield* one(call, call.params.id);
    return shown({ flavor: flavorView(call, flavor) });
  }),
];

function* one({ app, ctxt }: TroveCall, uuid: string): Op<Flavor> {
  const id = parseInteger(uuid);
  if (id === undefined) throw new NotFound({ uuid });
  try {
    return yield* app.remote.nova(ctxt).flavor(String(id));
  } catch (thrown) {
    throw novaFault(yield* caught(thrown), String(id));
  }
}

/** @throws ValueError for an id that is no number */
function flavorView(call: TroveCall, { id, name, ram }: Flavor): JsonObject {
  const number = parseInteger(id);
  if (number === undefined) {
    throw new ValueError(`invalid literal for int() with base 10: '${id}'`);
  }
  return { id: number, links: linksTo(call, "flavors", id), name, ram };
}
