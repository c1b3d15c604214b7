/**
 * Who has security groups for Trove: Nova, or Neutron by itself. What it refuses its own client raises; what Trove
 * makes of that is in `security-groups.ts`. Upstream: trove/network/base.py (NetworkDriver) at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";

export interface PortRange {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

export interface NetworkDriver {
  /** Whether it is one of its client's. */
  refuses(error: unknown): error is Error;

  /** @returns its id */
  makeGroup(name: string, description: string): Op<string>;

  deleteGroup(id: string): Op<void>;

  /** @returns its id; undefined where there is such a rule already */
  makeRule(group: string, range: PortRange, cidr: string): Op<string | undefined>;

  deleteRule(id: string): Op<void>;
}
