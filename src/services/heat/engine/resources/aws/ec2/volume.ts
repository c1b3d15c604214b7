/**
 * AWS::EC2::Volume and AWS::EC2::VolumeAttachment, of which nothing can be changed. Upstream:
 * heat/engine/resources/volume.py (Volume, VolumeAttachment) at 2014.2.
 */
import type { Op } from "../../../../../../kernel/index.js";
import type { Json } from "../../../../../../python/index.js";
import type { NewVolume } from "../../../../../cinder/client/index.js";
import { allowedPattern, range } from "../../../parameters/constraints.js";
import { integer, schemata, text } from "../../../properties/schema.js";
import { BaseVolume } from "../../cinder/base-volume.js";
import { CinderVolumeAttachment, type AttachmentWords } from "../../cinder/volume-attachment.js";
import { either, type TypeFacts } from "../../service-resource.js";
import { tagged, tags } from "../tags.js";

const VOLUME: TypeFacts = {
  className: "Volume",
  schemata: schemata({
    AvailabilityZone: text({ required: true, immutable: true }),
    Size: integer({ immutable: true, constraints: [range("Range", [1, null])] }),
    SnapshotId: text({ immutable: true }),
    Tags: tags({ immutable: true }),
  }),
};

const ATTACHMENT: TypeFacts = {
  className: "VolumeAttachment",
  schemata: schemata({
    InstanceId: text({ required: true, immutable: true }),
    VolumeId: text({ required: true, immutable: true }),
    Device: text({
      required: true,
      immutable: true,
      constraints: [allowedPattern("/dev/vd[b-z]")],
    }),
  }),
};

const WORDS: AttachmentWords = { server: "InstanceId", volume: "VolumeId", device: "Device" };

export class Ec2Volume extends BaseVolume {
  protected readonly creating: readonly string[] = ["creating", "restoring-backup"];
  protected readonly backupProperty = "SnapshotId";

  protected override get facts(): TypeFacts {
    return VOLUME;
  }

  protected override *displayName(): Op<Json> {
    return this.physicalName();
  }

  protected override *displayDescription(): Op<Json> {
    return this.physicalName();
  }

  protected override *createArguments(): Op<NewVolume> {
    const metadata = tagged(yield* this.properties.get("Tags"));
    return {
      size: yield* this.properties.get("Size"),
      availability_zone: either(yield* this.properties.get("AvailabilityZone"), null),
      ...(Object.keys(metadata).length > 0 && { metadata }),
    };
  }
}

export class Ec2VolumeAttachment extends CinderVolumeAttachment {
  protected override get words(): AttachmentWords {
    return WORDS;
  }

  protected override get facts(): TypeFacts {
    return ATTACHMENT;
  }
}
