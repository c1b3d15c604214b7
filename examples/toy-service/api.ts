/** The REST API of Toy: who may ask, what can be asked, and what goes wrong. */
import {
  HttpFault,
  authToken,
  authTokenFlags,
  faults,
  identityContext,
  integerFlag,
  policyMaker,
  respond,
  routeMaker,
  webService,
  type Env,
  type Json,
  type RequestContext,
  type Table,
} from "novasim";

export interface Toy {
  readonly uuid: string;
  readonly name: string;
  readonly project_id: string | null;
}

export const toyAuthFlags = authTokenFlags("toy", false);
export const toyFlags = { toy_listen_port: integerFlag(9999, "Port of toy-api") };

const policy = policyMaker<RequestContext>()({
  checks: { "role:_member_": ({ roles }) => roles.includes("_member_") },
  rules: { "toy:use": "role:_member_" },
  refusal: (rule) => new HttpFault(403, `Policy doesn't allow ${rule} to be performed.`),
});

const route = routeMaker<{ env: Env; toys: Table<Toy> }, RequestContext, "toy:use">();

const view = ({ uuid, name }: Toy) => ({ id: uuid, name });
const isNamed = (body: Json): body is { name: string } =>
  body !== null && typeof body === "object" && "name" in body && typeof body.name === "string";

const routes = [
  route("GET", "/v1/toys", "toy:use", function* ({ app, ctxt: { project_id } }) {
    return respond(200, { toys: app.toys.find({ project_id }).map(view) });
  }),
  route("POST", "/v1/toys", "toy:use", function* ({ app, ctxt: { project_id }, request }) {
    if (!isNamed(request.body)) throw new HttpFault(400, "A toy has a name.");
    const uuid = app.env.stream("toy id").uuid();
    const toy = app.toys.insert({ uuid, name: request.body.name, project_id });
    return respond(201, { toy: view(toy) });
  }),
  route("GET", "/v1/toys/{id}", "toy:use", function* ({ app, ctxt: { project_id }, params }) {
    const toy = app.toys.first({ uuid: params.id, project_id });
    if (toy === undefined) throw new HttpFault(404, `Toy ${params.id} could not be found.`);
    return respond(200, { toy: view(toy) });
  }),
];

const fault = (code: number, message: string) => respond(code, { toyFault: { code, message } });

export const toyApi = (env: Env, toys: Table<Toy>) =>
  webService(env, {
    port: env.flags.read(toyFlags).toy_listen_port,
    app: { env, toys },
    layers: [
      faults((e) => (e instanceof HttpFault ? fault(e.status, e.message) : undefined)),
      authToken(env, toyAuthFlags),
    ],
    context: identityContext(env),
    policy,
    routes,
    lost: (status) => fault(status, "There is nothing here."),
  });
