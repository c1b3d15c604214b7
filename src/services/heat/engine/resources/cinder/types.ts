/** Types of Cinder's. Upstream: heat/engine/resources/volume.py (resource_mapping) at 2014.2. */
import type { TypeEntries } from "../resource-class.js";
import { CinderVolumeAttachment } from "./volume-attachment.js";
import { CinderVolume } from "./volume.js";

export const cinderTypes: TypeEntries = [
  ["OS::Cinder::Volume", CinderVolume],
  ["OS::Cinder::VolumeAttachment", CinderVolumeAttachment],
];
