/**
 * What each extension says of itself, by port and without a token. As upstream an extension is listed as
 * soon as its code is loaded, whether its routes are there or not: those of OS-EP-FILTER, OS-FEDERATION and
 * s3tokens are not. Upstream: keystone/routers.py (Extension), keystone/controllers.py (Extensions), the
 * `EXTENSION_DATA` of each keystone/contrib/*\/core.py at 2014.2.
 */
import { respond } from "../../../http/index.js";
import { done } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { NotFound } from "../exception.js";
import { route } from "../policy.js";
import { VARY } from "../web/v2-action.js";

const SPECS = "https://github.com/openstack/identity-api";
const MARKDOWN = `${SPECS}/blob/master/openstack-identity-api/v3/src/markdown/identity-api-v3`;

const extension = (
  alias: string,
  name: string,
  updated: string,
  description: string,
  href = SPECS,
): JsonObject => ({
  name,
  namespace: `http://docs.openstack.org/identity/api/ext/${alias}/v1.0`,
  alias,
  updated,
  description,
  links: [{ rel: "describedby", type: "text/html", href }],
});

const S3 = extension(
  "s3tokens",
  "OpenStack S3 API",
  "2013-07-07T12:00:0-00:00",
  "OpenStack S3 API.",
);
const ENDPOINT_FILTER = extension(
  "OS-EP-FILTER",
  "OpenStack Keystone Endpoint Filter API",
  "2013-07-23T12:00:0-00:00",
  "OpenStack Keystone Endpoint Filter API.",
  `${MARKDOWN}-os-ep-filter-ext.md`,
);
const REVOKE = extension(
  "OS-REVOKE",
  "OpenStack Revoke API",
  "2014-02-24T20:51:0-00:00",
  "OpenStack revoked token reporting mechanism.",
  `${MARKDOWN}-os-revoke-ext.md`,
);
const FEDERATION = extension(
  "OS-FEDERATION",
  "OpenStack Federation APIs",
  "2013-12-17T12:00:0-00:00",
  "OpenStack Identity Providers Mechanism.",
);
const ADMIN_CRUD = extension(
  "OS-KSADM",
  "OpenStack Keystone Admin",
  "2013-07-11T17:14:00-00:00",
  "OpenStack extensions to Keystone v2.0 API enabling Administrative Operations.",
);
const USER_CRUD = extension(
  "OS-KSCRUD",
  "OpenStack Keystone User CRUD",
  "2013-07-07T12:00:0-00:00",
  "OpenStack extensions to Keystone v2.0 API enabling User Operations.",
);
const SIMPLE_CERT = extension(
  "OS-SIMPLE-CERT",
  "OpenStack Simple Certificate API",
  "2014-01-20T12:00:0-00:00",
  "OpenStack simple certificate retrieval extension",
);
const EC2 = extension(
  "OS-EC2",
  "OpenStack EC2 API",
  "2013-07-07T12:00:0-00:00",
  "OpenStack EC2 Credentials backend.",
);

/** In the order in which Python's dictionary has them. */
const ADMIN_EXTENSIONS = [S3, ENDPOINT_FILTER, REVOKE, FEDERATION, ADMIN_CRUD, SIMPLE_CERT, EC2];
const PUBLIC_EXTENSIONS = [REVOKE, FEDERATION, USER_CRUD, EC2, SIMPLE_CERT];

const routesOf = (extensions: readonly JsonObject[]) => [
  route("GET", "/v2.0/extensions", null, () =>
    done(respond(200, { extensions: { values: extensions } }, VARY)),
  ),
  route("GET", "/v2.0/extensions/{extension_alias}", null, ({ params: { extension_alias } }) => {
    const found = extensions.find(({ alias }) => alias === extension_alias);
    if (found === undefined) throw new NotFound({}, `Could not find: ${extension_alias}`);
    return done(respond(200, { extension: found }, VARY));
  }),
];

export const v2ExtensionRoutes = {
  main: routesOf(PUBLIC_EXTENSIONS),
  admin: routesOf(ADMIN_EXTENSIONS),
} as const;
