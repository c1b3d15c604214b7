/**
 * What EC2 calls instances and images: a number of each, which it gets when it is first asked for. Upstream:
 * nova/api/ec2/ec2utils.py (id_to_ec2_inst_id, glance_id_to_ec2_id) and nova/conductor/manager.py (get_ec2_ids) at
 * 2014.2.
 */
import type { Row, Table } from "../../../framework/index.js";
import { get, str, type Json, type JsonObject } from "../../../python/index.js";
import type { NovaDatabase } from "./database.js";

/** `i-0000000a` and the like, of an instance as a dictionary. Where there is no image there is no id. */
export function ec2Ids(db: NovaDatabase, instance: JsonObject): Record<string, string | null> {
  const uuid = instance["uuid"] ?? null;
  const ids: Record<string, string | null> = {
    "instance-id": uuid === null ? null : numbered("i", db.instance_id_mappings, str(uuid)),
    "ami-id": imageId(db, "ami", instance["image_ref"] ?? null),
  };
  for (const [kind, type] of [
    ["kernel", "aki"],
    ["ramdisk", "ari"],
  ] as const) {
    const image = get(instance, `${kind}_id`);
    if (image !== null) ids[`${kind}-id`] = imageId(db, type, image);
  }
  return ids;
}

const imageId = (db: NovaDatabase, type: string, image: Json): string | null =>
  image === null || image === "" ? null : numbered(type, db.s3_images, str(image));

function numbered(type: string, table: Table<{ readonly uuid: string }>, uuid: string): string {
  const row: Row<{ readonly uuid: string }> = table.get(uuid) ?? table.insert({ uuid });
  return `${type}-${row.id.toString(16).padStart(8, "0")}`;
}
