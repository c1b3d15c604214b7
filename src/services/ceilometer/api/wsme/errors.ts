/**
 * What WSME answers with: an error of the client's, in so many words. Upstream: WSME 0.6 `wsme/exc.py`,
 * `wsme/api.py` (format_exception), ceilometer/api/controllers/v2.py at 2014.2.
 */
import { Exception, str, type Json } from "../../../../python/index.js";

export class ClientSideError extends Exception {
  static override readonly module: string = "wsme.exc";
  override readonly name: string = "ClientSideError";
  readonly code: number;

  constructor(message: string, code = 400) {
    super(message);
    this.code = code;
  }
}

export class InvalidInput extends ClientSideError {
  override readonly name: string = "InvalidInput";

  constructor(field: string, value: Json | undefined, message: string) {
    const said = value === undefined ? "Unset" : str(value);
    super(`Invalid input for field/attribute ${field}. Value: '${said}'. ${message}`);
  }
}

export class MissingArgument extends ClientSideError {
  override readonly name: string = "MissingArgument";

  constructor(argument: string) {
    super(`Missing argument: "${argument}"`);
  }
}

export class UnknownArgument extends ClientSideError {
  override readonly name: string = "UnknownArgument";

  constructor(argument: string, message = "") {
    super(`Unknown argument: "${argument}"${message === "" ? "" : `: ${message}`}`);
  }
}

export class EntityNotFound extends ClientSideError {
  override readonly name: string = "EntityNotFound";

  constructor(entity: string, id: string) {
    super(`${entity} ${id} Not Found`, 404);
  }
}

export class AlarmNotFound extends ClientSideError {
  override readonly name: string = "AlarmNotFound";

  constructor(id: string, project: string | null) {
    super(
      project === null || project === ""
        ? `Alarm ${id} not found`
        : `Alarm ${id} not found in project ${project}`,
      404,
    );
  }
}

export class ProjectNotAuthorized extends ClientSideError {
  override readonly name: string = "ProjectNotAuthorized";

  constructor(id: Json | undefined, aspect = "project") {
    super(`Not Authorized to access ${aspect} ${id === undefined ? "Unset" : str(id)}`, 401);
  }
}
