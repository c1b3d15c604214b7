/** What is asked for at a path where there is nothing. Upstream: nova/api/metadata/base.py at 2014.2. */
import { Exception } from "../../../../python/index.js";

export class InvalidMetadataVersion extends Exception {
  static override readonly module: string = "nova.api.metadata.base";
  override readonly name: string = "InvalidMetadataVersion";
}

export class InvalidMetadataPath extends Exception {
  static override readonly module: string = "nova.api.metadata.base";
  override readonly name: string = "InvalidMetadataPath";
}
