/** The ways in which Swift itself lets listings and objects differ, by the names that findings bear. */
import type { JunoExceptions } from "../../../framework/invariants.js";

export const SWIFT_EXCEPTIONS = {
  "listing-updated-later": {
    says: "Where a container server does not answer, the update of its listing waits on a disk for the object-updater.",
    source: "swift/obj/server.py at 2.2.0 (async_update); other-services §5",
  },
  "update-to-no-container-lost": {
    says: "An update that waited is taken for done where a container server has no such container, as one whose disk was away when it was made: what comes there later knows nothing of the object.",
    source: "swift/obj/updater.py at 2.2.0 (object_update)",
  },
  "counts-reported-later": {
    says: "What an account says of a container is what the container-updater has told it last.",
    source: "swift/container/updater.py at 2.2.0 (process_container)",
  },
} as const satisfies JunoExceptions;

export type SwiftException = keyof typeof SWIFT_EXCEPTIONS;
