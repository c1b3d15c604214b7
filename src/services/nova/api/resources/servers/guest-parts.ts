/**
 * The password that a guest has posted, and its network cards as nova-network knows them: of Neutron's it knows none, and
 * whoever asks is answered 500. Upstream: contrib/server_password.py, contrib/virtual_interfaces.py,
 * nova/api/metadata/password.py (extract_password, convert_password) at 2014.2.
 */
import { respond } from "../../../../../http/index.js";
import { NotImplementedException, PythonTypeError } from "../../../../../python/index.js";
import { route, type NovaRoute } from "../../route.js";
import { findServer } from "./look-up.js";

const PASSWORD = "/servers/{id}/os-server-password";
const PASSWORD_RULE = "compute_extension:server_password";
const VIRTUAL_INTERFACES = "compute_extension:virtual_interfaces";
const PIECES = ["password_0", "password_1", "password_2", "password_3"];

export const guestPartRoutes: readonly NovaRoute[] = [
  route("GET", PASSWORD, PASSWORD_RULE, function* ({ app, ctxt, params: { id } }) {
    const { system_metadata } = findServer(app, ctxt, id);
    const pieces = Object.keys(system_metadata)
      .filter((key) => key.startsWith("password_"))
      .sort();
    const password = pieces.map((key) => system_metadata[key] ?? "").join("");
    return respond(200, { password });
  }),
  route("DELETE", PASSWORD, PASSWORD_RULE, function* ({ app, ctxt, params: { id } }) {
    const instance = findServer(app, ctxt, id);
    const emptied = Object.fromEntries(PIECES.map((key) => [key, ""]));
    instance.system_metadata = { ...instance.system_metadata, ...emptied };
    yield* instance.save(ctxt);
    return respond(204);
  }),
  // The same method, which takes the server's id alone.
  route("DELETE", `${PASSWORD}/{more}`, null, () => {
    throw new PythonTypeError("delete() got an unexpected keyword argument 'id'");
  }),
  route("GET", "/servers/{id}/os-virtual-interfaces", VIRTUAL_INTERFACES, function* (call) {
    findServer(call.app, call.ctxt, call.params.id);
    throw new NotImplementedException("");
  }),
];
