/**
 * Builds of the agents that Xen's guests may fetch; nothing here fetches any. Upstream:
 * nova/db/sqlalchemy/api.py (agent_build_*), models.py (AgentBuild) at 2014.2.
 */
import type { Row } from "../../../../framework/index.js";
import { AgentBuildExists, AgentBuildNotFound } from "../../exception.js";
import type { NovaDatabase } from "../database.js";
import type { AgentBuildRow } from "./rows.js";

/** @throws AgentBuildExists: one for each hypervisor, operating system and architecture */
export function createAgentBuild(db: NovaDatabase, values: AgentBuildRow): Row<AgentBuildRow> {
  const { hypervisor, os, architecture } = values;
  if (db.agent_builds.first({ hypervisor, os, architecture }) !== undefined) {
    throw new AgentBuildExists({ hypervisor, os, architecture });
  }
  return db.agent_builds.insert(values);
}

/** @throws AgentBuildNotFound */
export function updateAgentBuild(
  db: NovaDatabase,
  id: number,
  values: Pick<AgentBuildRow, "version" | "url" | "md5hash">,
): void {
  if (db.agent_builds.update(id, values) === undefined) throw new AgentBuildNotFound({ id });
}

/** @throws AgentBuildNotFound */
export function deleteAgentBuild(db: NovaDatabase, id: number): void {
  if (db.agent_builds.softDelete(id) === undefined) throw new AgentBuildNotFound({ id });
}
