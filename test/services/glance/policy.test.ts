/** Laws of who is an admin of Glance, and of whom policy.json lets make images public: glance/context.py, glance/api/policy.py, etc/policy.json at 2014.2. */
import { describe, expect, it } from "vitest";
import type { HttpResponse } from "../../../src/http/index.js";
import type { TokenBearer } from "../../../src/services/glance/client/index.js";
import { seedUser } from "../../../src/services/keystone/seed.js";
import { ImageBed } from "./bed.js";

const said = ({ status, body }: HttpResponse): unknown[] => [
  status,
  typeof body === "string" ? body.split("\n\n")[1] : "image",
];

/** A cloud whose admin_role is not policy.json's, with somebody who has the one and not the other. */
function chiefBed() {
  const bed = new ImageBed({ flags: { admin_role: "Chief" } });
  seedUser(bed.database, { name: "boss", roles: ["chief"] });
  return { bed, chief: { auth_token: bed.login("boss") } };
}

const PATCH = { "content-type": "application/openstack-images-v2.1-json-patch" };

describe("admin_role", () => {
  it("makes an admin, and so does the role of context_is_admin", () => {
    const { bed, chief } = chiefBed();
    const id = bed.uploaded();
    const seen = [chief, bed.admin, bed.other].map(
      (bearer) => bed.as(bearer, "GET", `/v2/images/${id}`).status,
    );
    expect(seen).toEqual([200, 200, 404]);
  });

  it("does not make images public: publicize_image asks for role:admin, in v1 and v2", () => {
    const { bed, chief } = chiefBed();
    const id = bed.uploaded();
    const body = [{ op: "replace", path: "/visibility", value: "public" }];
    const headers = { "x-image-meta-is-public": "True" };
    const asked = (bearer: TokenBearer) => [
      said(bed.as(bearer, "POST", "/v2/images", { body: { visibility: "public" } })),
      said(bed.as(bearer, "PATCH", `/v2/images/${id}`, { body, headers: PATCH })),
      said(bed.as(bearer, "POST", "/v1/images", { headers })),
      said(bed.as(bearer, "PUT", `/v1/images/${id}`, { headers })),
    ];
    const v2 = [403, "You are not authorized to complete this action."];
    const v1 = [403, "Access was denied to this resource."];
    expect([asked(chief), asked(bed.admin)]).toEqual([
      [v2, v2, v1, v1],
      [
        [201, "image"],
        [200, "image"],
        [201, "image"],
        [200, "image"],
      ],
    ]);
  });
});
