/**
 * keystone/routers.py (Extension), keystone/controllers.py (Extensions) and keystone/contrib/*\/core.py at 2014.2;
 * what is loaded follows from etc/keystone-paste.ini and from the imports of keystone/backends.py
 * (endpoint_filter) and keystone/auth/controllers.py (federation).
 */
import { describe, expect, it } from "vitest";
import { ADMIN, IdentityBed, MAIN } from "./bed.js";

const aliases = (body: unknown): unknown =>
  (body as { extensions: { values: { alias: string }[] } }).extensions.values.map(
    ({ alias }) => alias,
  );

describe("the extensions of v2", () => {
  const bed = new IdentityBed();

  it("are others on each port, in the order of a dictionary, for everybody", () => {
    const { status, body, headers } = bed.ask("GET", `${ADMIN}/v2.0/extensions`);
    expect([status, headers["vary"], aliases(body)]).toEqual([
      200,
      "X-Auth-Token",
      [
        ...["s3tokens", "OS-EP-FILTER", "OS-REVOKE", "OS-FEDERATION", "OS-KSADM"],
        ...["OS-SIMPLE-CERT", "OS-EC2"],
      ],
    ]);
    expect(aliases(bed.ask("GET", `${MAIN}/v2.0/extensions`).body)).toEqual([
      "OS-REVOKE",
      "OS-FEDERATION",
      "OS-KSCRUD",
      "OS-EC2",
      "OS-SIMPLE-CERT",
    ]);
  });

  it("are shown by alias", () => {
    expect(bed.ask("GET", `${ADMIN}/v2.0/extensions/OS-REVOKE`).body).toEqual({
      extension: {
        name: "OpenStack Revoke API",
        namespace: "http://docs.openstack.org/identity/api/ext/OS-REVOKE/v1.0",
        alias: "OS-REVOKE",
        updated: "2014-02-24T20:51:0-00:00",
        description: "OpenStack revoked token reporting mechanism.",
        links: [
          {
            rel: "describedby",
            type: "text/html",
            href: "https://github.com/openstack/identity-api/blob/master/openstack-identity-api/v3/src/markdown/identity-api-v3-os-revoke-ext.md",
          },
        ],
      },
    });
  });

  it("of the other port are not there, nor is any by an alias of nobody's", () => {
    for (const alias of ["OS-KSADM", "os-ec2", "__proto__"]) {
      const { status, body } = bed.ask("GET", `${MAIN}/v2.0/extensions/${alias}`);
      expect([status, body]).toEqual([
        404,
        { error: { message: `Could not find: ${alias}`, code: 404, title: "Not Found" } },
      ]);
    }
  });
});
