/** Definitions of events that the agent cannot start with. Upstream: ceilometer/event/converter.py (EventDefinitionException) at 2014.2. */
import { Exception, repr, toJson } from "../../../python/index.js";

export class EventDefinitionException extends Exception {
  static override readonly module: string = "ceilometer.event.converter";
  override readonly name: string = "EventDefinitionException";

  /** @param config of the event or of the trait */
  constructor(message: string, config: object) {
    super(`EventDefinitionException ${repr(toJson(config), "")}: ${message}`);
  }
}
