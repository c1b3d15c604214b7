/**
 * The records of Cinder's services, which they write themselves. Upstream:
 * cinder/db/sqlalchemy/api.py (service_*), cinder/utils.py (service_is_up) at 2014.2.
 */
import { heartbeatAge, type Row } from "../../../framework/index.js";
import type { CinderDatabase } from "./database.js";
import type { ServiceRow } from "./schema.js";

export type Service = Row<ServiceRow>;

export const serviceByArgs = (
  { services }: CinderDatabase,
  host: string,
  binary: string,
): Service | undefined => services.first({ host, binary });

/** Those of a topic that may be given work. */
export const enabledServices = ({ services }: CinderDatabase, topic: string): Service[] =>
  services.find({ topic, disabled: false });

/** Up if it was heard of no longer ago than `downTime` seconds, inclusive. */
export const serviceIsUp = (db: CinderDatabase, service: Service, downTime: number): boolean =>
  heartbeatAge(db.kernel, service) <= downTime;
