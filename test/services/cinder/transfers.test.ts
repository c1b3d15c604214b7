/** A volume changes hands: cinder/transfer/api.py, cinder/api/contrib/volume_transfer.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { VolumeBed, type Asker } from "./bed.js";

const PATH = "/os-volume-transfer";
const other = { as: "other" } as const;
const admin = { as: "admin" } as const;
const BAD =
  "The server could not comply with the request since it is either malformed or otherwise incorrect.";

/** As it is answered; its links are of no concern to the compiler. */
type Offer = Readonly<Record<string, string>>;

function offered(bed: VolumeBed, volume_id: string, name: string | null = "gift"): Offer {
  const { status, body } = bed.cinder("POST", PATH, { transfer: { volume_id, name } });
  expect(status).toBe(202);
  return (body as unknown as { transfer: Offer }).transfer;
}

const accept = (bed: VolumeBed, { id, auth_key }: Offer, asker: Asker = other) =>
  bed.cinder("POST", `${PATH}/${String(id)}/accept`, { accept: { auth_key } }, asker);

describe("a volume on offer", () => {
  it("is out of use, and its key is told once", () => {
    const bed = new VolumeBed();
    const volume = bed.made();
    const transfer = offered(bed, volume);
    const { id } = transfer;
    const self = `http://controller:8776/v2/${bed.project("demo")}${PATH}/${String(id)}`;
    expect(transfer).toEqual({
      id,
      created_at: transfer["created_at"],
      name: "gift",
      volume_id: volume,
      auth_key: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      links: [
        { rel: "self", href: self },
        { rel: "bookmark", href: self.replace("/v2/", "/") },
      ],
    });
    expect(bed.row(volume).status).toBe("awaiting-transfer");
    const { auth_key: _key, ...shown } = transfer;
    const stored = { ...shown, created_at: expect.stringMatching(/\.000000$/) as string };
    expect(bed.cinder("GET", `${PATH}/${String(id)}`).body).toEqual({ transfer: stored });
    const { created_at: _at, ...brief } = stored;
    expect(bed.cinder("GET", PATH).body).toEqual({ transfers: [brief] });
    expect(bed.cinder("GET", `${PATH}/detail`).body).toEqual({ transfers: [stored] });
    expect(JSON.stringify(bed.volumes.transfers.find())).not.toContain(
      String(transfer["auth_key"]),
    );
  });

  it("goes to who has the key, with the quota and without its snapshots' owner", () => {
    const bed = new VolumeBed();
    const volume = bed.made({ size: 2 });
    const transfer = offered(bed, volume);
    bed.forget();
    const { status, body } = accept(bed, transfer);
    expect([status, body]).toEqual([
      202,
      {
        transfer: {
          id: transfer["id"],
          volume_id: volume,
          name: "gift",
          links: expect.anything() as unknown,
        },
      },
    ]);
    expect(bed.row(volume)).toMatchObject({
      status: "available",
      project_id: bed.project("other"),
    });
    expect(bed.used()).toMatchObject({ volumes: [0, 0], gigabytes: [0, 0] });
    expect(bed.used(bed.project("other"))).toMatchObject({ volumes: [1, 0], gigabytes: [2, 0] });
    expect(bed.cinder("GET", `${PATH}/${String(transfer["id"])}`, undefined, other).status).toBe(
      404,
    );
    expect(bed.shown(volume, other)["id"]).toBe(volume);
    expect(bed.cinder("GET", `/volumes/${volume}`).status).toBe(404);
  });

  it("can be taken back", () => {
    const bed = new VolumeBed();
    const volume = bed.made();
    const { id } = offered(bed, volume);
    const path = `${PATH}/${String(id)}`;
    const gone = [404, "itemNotFound", `Transfer ${String(id)} could not be found.`];
    expect(bed.refusal("DELETE", path, undefined, other)).toEqual(gone);
    expect(bed.cinder("DELETE", path).status).toBe(202);
    expect(bed.row(volume).status).toBe("available");
    expect(bed.refusal("GET", path)).toEqual(gone);
  });

  it("is seen by its owner, and by administrators who say anything of all tenants", () => {
    const bed = new VolumeBed();
    offered(bed, bed.made());
    const seen = (asker: Asker, query = "") =>
      (bed.cinder("GET", PATH + query, undefined, asker).body as { transfers: unknown[] }).transfers
        .length;
    expect(seen({})).toBe(1);
    expect(seen(other, "?all_tenants=1")).toBe(0);
    expect(seen(admin)).toBe(0);
    expect(seen(admin, "?all_tenants=0")).toBe(1);
  });

  it("is listed page by page, and the next page is always promised", () => {
    const bed = new VolumeBed();
    offered(bed, bed.made());
    const { body } = bed.cinder("GET", `${PATH}/detail?limit=1`);
    expect(body).toMatchObject({ transfers_links: [{ rel: "next" }] });
  });
});

describe("an offer that cannot be", () => {
  it.each([
    ["POST", "", {}, 400, BAD],
    ["POST", "", { transfer: {} }, 400, "Incorrect request body format"],
    ["POST", "", { transfer: { volume_id: "x" } }, 404, "Volume x could not be found."],
    ["POST", "/x/accept", { accept: {} }, 400, "Incorrect request body format"],
    [
      "POST",
      "/x/accept",
      { accept: { auth_key: "k" } },
      404,
      "TransferNotFound: Transfer x could not be found.",
    ],
  ])("%s %s %j is refused", (method, end, body, status, message) => {
    const [code, , text] = new VolumeBed().refusal(method, PATH + end, body);
    expect([code, text]).toEqual([status, message]);
  });

  it("is refused where the volume is not free", () => {
    const bed = new VolumeBed();
    const volume_id = bed.made();
    bed.act(volume_id, "os-reserve");
    expect(bed.refusal("POST", PATH, { transfer: { volume_id } })).toEqual([
      ...[400, "badRequest", "Invalid volume: status must be available"],
    ]);
  });

  it.each(["0123456789abcdef", 5, null, ["k"]])("is not taken with the key %j", (auth_key) => {
    const bed = new VolumeBed();
    const volume = bed.made();
    const { id } = offered(bed, volume);
    expect(
      bed.refusal("POST", `${PATH}/${String(id)}/accept`, { accept: { auth_key } }, other),
    ).toEqual([
      400,
      "badRequest",
      `Invalid auth key: Attempt to transfer ${String(id)} with invalid auth key.`,
    ]);
    expect(bed.row(volume).status).toBe("awaiting-transfer");
  });

  it("is not taken by who may not have as much: gigabytes without the name of the error, volumes with it", () => {
    const bed = new VolumeBed();
    const transfer = offered(bed, bed.made({ size: 3 }));
    const limit = (quota_set: object) =>
      bed.cinder("PUT", `/os-quota-sets/${bed.project("other")}`, { quota_set }, admin);
    const refused = () =>
      bed.refusal(
        "POST",
        `${PATH}/${String(transfer["id"])}/accept`,
        { accept: { auth_key: transfer["auth_key"] } },
        other,
      );
    limit({ gigabytes: 2 });
    expect(refused()).toEqual([
      413,
      "overLimit",
      "Requested volume or snapshot exceeds allowed Gigabytes quota. Requested 3G, quota is 2G and 0G has been consumed.",
    ]);
    limit({ gigabytes: 9, volumes: 0 });
    expect(refused()).toEqual([
      413,
      "overLimit",
      "VolumeLimitExceeded: Maximum number of volumes allowed (0) exceeded",
    ]);
    expect(bed.used()).toMatchObject({ volumes: [1, 0] });
  });

  it("gives both quotas back where the host's driver is not ready", () => {
    const bed = new VolumeBed({ broken: ["do_setup"] });
    const volume = bed.made();
    bed.set(volume, { status: "available", host: "controller#LVM_iSCSI" });
    const transfer = offered(bed, volume);
    expect(accept(bed, transfer).status).toBe(500);
    expect(bed.used(bed.project("other"))).toMatchObject({ volumes: [0, 0] });
    expect(bed.row(volume).status).toBe("awaiting-transfer");
  });

  it("is not taken when something has happened to the volume meanwhile", () => {
    const bed = new VolumeBed();
    const volume = bed.made();
    const transfer = offered(bed, volume);
    bed.set(volume, { status: "error" });
    const { id, auth_key } = transfer;
    expect(
      bed.refusal("POST", `${PATH}/${String(id)}/accept`, { accept: { auth_key } }, other)[2],
    ).toBe(
      `Invalid volume: Transfer ${String(id)}: Volume id ${volume} in unexpected state error, expected awaiting-transfer`,
    );
    expect(bed.used()).toMatchObject({ volumes: [1, 0] });
  });
});
