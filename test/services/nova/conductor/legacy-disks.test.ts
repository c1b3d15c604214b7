/**
 * Disks as hosts of Icehouse's read them. Upstream: nova/conductor/manager.py:211 (block_device_mapping_get_all_by_instance),
 * nova/block_device.py:279 (legacy_mapping) at 2014.2.
 */
import { expect, it } from "vitest";
import type { JsonObject } from "../../../../src/python/index.js";
import { WholeCloud } from "../../../flows/bed.js";

const whole = new WholeCloud({ services: ["cinder"], flags: { max_local_block_devices: 4 } });
whole.type("nova flavor-create wide wide 64 1 1 --ephemeral 2 --swap 1", "admin");
whole.type("nova volume-create 1 --display-name data");
whole.rest();
const blanks = "--swap 1 --ephemeral size=1 --ephemeral size=1";
whole.boot(`nova boot t3 --flavor wide --image cirros --nic net-id=private ${blanks}`);
whole.type("nova volume-attach t3 {{volume data}} auto");
whole.rest();

const disks = (legacy: boolean): JsonObject[] =>
  whole.operator("block_device_mapping_get_all_by_instance", {
    instance: { uuid: whole.server.id },
    legacy,
  }) as unknown as JsonObject[];

it("are all columns of all rows", () => {
  expect(
    disks(false).map(({ source_type, destination_type }) => [source_type, destination_type]),
  ).toEqual([
    ["image", "local"],
    ["blank", "local"],
    ["blank", "local"],
    ["blank", "local"],
    ["volume", "volume"],
  ]);
  expect(disks(false)[0]).toMatchObject({
    instance_uuid: whole.server.id,
    boot_index: 0,
    deleted: 0,
    created_at: expect.stringMatching(/^2014-09-18T04:\d\d:\d\d\.000000$/u) as string,
  });
});

it("block_device.py:201: have names for what has no volume, counted anew, and none is of an image", () => {
  const legacy = disks(true);
  expect(legacy.map(({ virtual_name }) => virtual_name).sort()).toEqual(
    ["swap", "ephemeral0", "ephemeral1", null].sort(),
  );
  expect(Object.keys(legacy[0] ?? {})).not.toContain("source_type");
  expect(legacy.find(({ virtual_name }) => virtual_name === null)).toMatchObject({
    volume_id: expect.any(String) as string,
  });
});
