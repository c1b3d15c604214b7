/** The ways in which Swift itself lets listings and objects differ, by the names that findings bear. */
import type { JunoExceptions } from "../../../framework/invariants.js";

export const SWIFT_EXCEPTIONS = {
  "listing-updated-later": {
    says: "Where a container server does not answer, the update of its listing waits on a disk for the object-updater.",
    source: "swift/obj/server.py at 2.2.0 (async_update); other-services §5",
  },
  "update-to-no-container-lost": {
    says: "An update that waited is taken for done where the container server has no such container: one that is made again later never hears of the object.",
    source: "swift/obj/updater.py at 2.2.0 (object_update)",
  },
  "container-deleted-before-listing": {
    says: "A container is deleted if its listing is empty, though an object's update is still on its way: the object stays, in no container.",
    source: "swift/container/server.py at 2.2.0 (DELETE)",
  },
  "counts-reported-later": {
    says: "What an account says of a container is what the container-updater has told it last.",
    source: "swift/container/updater.py at 2.2.0 (process_container)",
  },
} as const satisfies JunoExceptions;

export type SwiftException = keyof typeof SWIFT_EXCEPTIONS;
