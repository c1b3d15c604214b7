/** The commands of `openstack.common`, which every version has. Upstream: setup.cfg of python-openstackclient 0.4.1. */
import type { OpenStackCommand } from "../../output.js";
import { listExtensions } from "./extensions.js";
import { showLimits } from "./limits.js";
import { setQuota, showQuota } from "./quotas.js";

export const commonCommands: readonly OpenStackCommand[] = [
  listExtensions,
  showLimits,
  setQuota,
  showQuota,
];
