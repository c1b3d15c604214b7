/**
 * What a program asks a cloud through: a client of a service, or a part of one (`neutron.ports`). Its methods
 * make operations, and whoever stands before it (`Cloud`'s users) may look at each that is made.
 */

/** Has methods that make operations, and parts of its own kind. */
export abstract class ApiPart {
  /** @internal What tells it from a value. */
  protected readonly isApiPart = true;
}
