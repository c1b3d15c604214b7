/** Which zones hosts are in that no aggregate puts elsewhere. Upstream: nova/availability_zones.py at 2014.2. */
import { string } from "../../framework/index.js";

export const zoneFlags = {
  default_availability_zone: string("nova", "Zone of compute hosts that are in no aggregate"),
} as const;
