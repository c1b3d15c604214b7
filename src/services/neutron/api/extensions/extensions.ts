/**
 * `/v2.0/extensions`: which parts of the API are there. Upstream: neutron/api/extensions.py
 * (ExtensionController) at 2014.2.
 */
import { respond } from "../../../../http/index.js";
import { done } from "../../../../kernel/index.js";
import { plain } from "../faults.js";
import { route } from "../policy.js";
import { extensionViews } from "./descriptors.js";

const NOT_FOUND = "The resource could not be found.";

/** Its controller is older than the frame of the others, and so are its errors. */
export const extensionRoutes = [
  route("GET", "/v2.0/extensions", null, ({ app }) =>
    done(respond(200, { extensions: extensionViews(app.plugin.app) })),
  ),
  route("POST", "/v2.0/extensions", null, () => done(plain(404, NOT_FOUND, "Resource not found."))),
  route("GET", "/v2.0/extensions/{alias}", null, ({ app, params: { alias } }) => {
    const loaded = extensionViews(app.plugin.app);
    const extension = loaded.find((each) => each["alias"] === alias);
    return done(
      extension === undefined
        ? plain(404, NOT_FOUND, `Extension with alias ${alias} does not exist`)
        : respond(200, { extension }),
    );
  }),
  route("DELETE", "/v2.0/extensions/{alias}", null, () =>
    done(plain(404, NOT_FOUND, "Resource not found.")),
  ),
];
