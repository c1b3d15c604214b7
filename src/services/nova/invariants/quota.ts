/**
 * That usage rows say what is there, and that nothing stays reserved. Upstream:
 * nova/db/sqlalchemy/api.py (quota_reserve, reservation_commit) at 2014.2; nova §1.3, §8.5.
 */
import type { Row } from "../../../framework/index.js";
import type { Finding } from "../../../framework/invariants.js";
import type { NovaDatabase } from "../db/database.js";
import { countInUse, isReservable, softlyDeleted } from "../db/quota/usages.js";
import type { QuotaUsageRow } from "../db/schema.js";
import type { NovaException } from "./exceptions.js";
import { isProjectWorkedOn, type Evidence } from "./evidence.js";
import { openReservations, sharesOf, type Share } from "./quota-shares.js";

export const miscountedUsages = (db: NovaDatabase, evidence: Evidence): Finding[] =>
  db.quota_usages.find().flatMap((usage) => {
    const { project_id, resource, in_use, reserved } = usage;
    if (isProjectWorkedOn(db, project_id, evidence)) return [];
    const of = `quota of project ${project_id}: ${resource}`;
    const rows = isReservable(resource) ? countInUse(db, resource, usage) : in_use;
    const there = rows - softlyDeleted(db, usage);
    const wrong = (what: string, exception: NovaException | undefined): Finding => ({
      invariant: "quota",
      what: `${of}: ${what}`,
      where: "nova.quota_usages",
      exception,
    });
    return [
      ...(reserved === 0
        ? []
        : [wrong(`${String(reserved)} reserved`, whyReserved(db, usage, evidence))]),
      ...(there === in_use
        ? []
        : [
            wrong(
              `${String(in_use)} counted, ${String(there)} there`,
              whyMiscounted(db, usage, there, evidence),
            ),
          ]),
    ];
  });

/** Only what reservations that wait for their expiry account for. */
function whyReserved(
  db: NovaDatabase,
  { id, reserved }: Row<QuotaUsageRow>,
  evidence: Evidence,
): NovaException | undefined {
  const open = openReservations(db, id, evidence);
  const waiting = open.reduce((sum, delta) => sum + Math.max(0, delta), 0);
  return open.length > 0 && waiting === reserved ? "reservation-awaits-expiry" : undefined;
}

/** One cause that explains all of it, or else what all of them together make: a project may have met with several. */
function whyMiscounted(
  db: NovaDatabase,
  usage: Row<QuotaUsageRow>,
  there: number,
  evidence: Evidence,
): NovaException | undefined {
  const excess = usage.in_use - there;
  const explain = (shares: readonly Share[]): boolean =>
    shares.reduce((sum, { least }) => sum + least, 0) <= excess &&
    excess <= shares.reduce((sum, { most }) => sum + most, 0);
  const shares = sharesOf(db, usage, evidence).filter(
    ({ least, most }) => least < most || least !== 0,
  );
  const only = shares.find((share) => explain([share]));
  return (only ?? (explain(shares) ? shares[0] : undefined))?.exception;
}
