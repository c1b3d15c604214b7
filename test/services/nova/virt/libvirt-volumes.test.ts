/**
 * What libvirt's driver says of a guest's volumes, and when: nova/virt/libvirt/driver.py (_get_guest_storage_config:3482,
 * _create_domain_and_network:4367, cleanup:1089) of 2014.2.
 */
import { beforeEach, describe, expect, it } from "vitest";
import type { RpcSent } from "../../../../src/bus/observations.js";
import { VolumeBed } from "../volume/bed.js";
import { VOLUME } from "../volume/fake-cinder.js";

let bed: VolumeBed;

beforeEach(() => {
  bed = new VolumeBed();
  bed.cinder.data = { encrypted: true, volume_id: VOLUME };
});

/** Who stored a volume: somebody's request, or nobody's. */
const saves = (): string[] =>
  bed
    .of<RpcSent>("rpc.call")
    .filter(({ args }) => {
      const { objmethod, objinst } = args as {
        objmethod?: string;
        objinst?: { "nova_object.name": string };
      };
      return objmethod === "save" && objinst?.["nova_object.name"] === "BlockDeviceMapping";
    })
    .map(({ request }) => (request === "req-1" ? "request" : "nobody"));

/** Do it, and forget what was before. */
function afterwards(
  method: "stop_instance" | "start_instance" | "suspend_instance" | "resume_instance",
): void {
  bed.forget();
  bed.asked();
  const c1 = bed.compute.prepare({ server: "c1" });
  bed.run(c1[method](bed.ctxt, { instance: bed.reload() }));
  bed.settle();
}

describe("the volumes of a guest", () => {
  it("are stored as its XML is written and once more as it starts, when it is new or started anew", () => {
    bed.built({});
    expect(saves().slice(-2)).toEqual(["nobody", "request"]);
    afterwards("stop_instance");
    expect(saves()).toEqual([]);
    afterwards("start_instance");
    expect(saves()).toEqual(["nobody", "request"]);
  });

  it("are stored with the path that an encryptor reads (driver.py:4375)", () => {
    bed.built({});
    const [row] = bed.db.block_device_mapping.find({ volume_id: VOLUME });
    const { data } = JSON.parse(row!.connection_info!) as { data: Record<string, unknown> };
    expect(data["device_path"]).toBe(data["host_device"]);
  });

  it("are stored once and asked about when a guest is resumed, whose XML is there (driver.py:2499)", () => {
    bed.built({});
    afterwards("suspend_instance");
    expect(saves()).toEqual([]);
    afterwards("resume_instance");
    expect(saves()).toEqual(["request"]);
    expect(bed.asked()).toEqual(["GET encryption"]);
  });
});
