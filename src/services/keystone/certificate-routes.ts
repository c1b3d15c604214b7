/**
 * The certificates by which signed tokens are checked, for whoever asks: v3 gives out the file, v2 the
 * text in it. Upstream: keystone/contrib/simple_cert/controllers.py, keystone/token/controllers.py
 * (ca_cert, signing_cert) at 2014.2.
 */
import { respond } from "../../http/index.js";
import type { KeystoneApp } from "./app.js";
import { UnexpectedError } from "./exception.js";
import { route } from "./policy.js";
import type { Certificates } from "./tokens/signing.js";

/** @throws UnexpectedError where nobody has made any */
function fileOf({ form }: KeystoneApp, name: keyof Certificates): string {
  const { certificates } = form;
  if (certificates === undefined) throw new UnexpectedError();
  return certificates[name];
}

const PEM = { "content-type": "application/x-pem-file" };

/** What webob makes of a text that a method returns. */
const TEXT = { "content-type": "text/html; charset=UTF-8" };

export const certificateRoutes = [
  route("GET", "/v3/OS-SIMPLE-CERT/ca", null, function* ({ app }) {
    return respond(200, fileOf(app, "ca"), PEM);
  }),
  route("GET", "/v3/OS-SIMPLE-CERT/certificates", null, function* ({ app }) {
    return respond(200, fileOf(app, "signing"), PEM);
  }),
  route("GET", "/v2.0/certificates/ca", null, function* ({ app }) {
    return respond(200, fileOf(app, "ca"), TEXT);
  }),
  route("GET", "/v2.0/certificates/signing", null, function* ({ app }) {
    return respond(200, fileOf(app, "signing"), TEXT);
  }),
];
