/**
 * X.509 certificates of users, which nova-cert makes: where there is none, whoever asks waits for an answer until that takes too long.
 * Upstream: contrib/certificates.py at 2014.2.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import { route, type NovaRoute } from "../../route.js";

const RULE = "compute_extension:certificates";

export const certificateRoutes: readonly NovaRoute[] = [
  route("GET", "/os-certificates/{id}", RULE, function* ({ app, ctxt, params: { id } }) {
    if (id !== "root") throw new HttpFault(501, "Only root certificate can be retrieved.");
    const data = yield* app.cert.fetch_ca(ctxt, { project_id: ctxt.project_id });
    return respond(200, { certificate: { data, private_key: null } });
  }),
  route("POST", "/os-certificates", RULE, function* ({ app, ctxt }) {
    const { user_id, project_id } = ctxt;
    const [key, data] = yield* app.cert.generate_x509_cert(ctxt, { user_id, project_id });
    return respond(200, { certificate: { data, private_key: key } });
  }),
];
