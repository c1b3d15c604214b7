/** A row of the table of volumes: the volume, and the servers that it may be attached to. */
import type { JsonObject } from "../../../../python/index.js";

export interface VolumeRow {
  readonly volume: JsonObject;
  /** By id, the names of servers that the list had. */
  readonly servers: ReadonlyMap<string, string>;
}
