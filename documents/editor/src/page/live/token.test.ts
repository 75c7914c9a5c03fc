import assert from "node:assert/strict";
import { test } from "node:test";
import { TokenSource } from "./token";

const URL = "/reports/1/token/";

function source(answers: readonly (Response | Error)[]) {
  const asked: string[] = [];
  const clock = { now: 0 };
  const left = [...answers];
  const request = async (url: RequestInfo | URL): Promise<Response> => {
    asked.push(String(url));
    const answer = left.shift() ?? new Error("asked too often");
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { tokens: new TokenSource("first", URL, () => clock.now, request), asked, clock };
}

test("the page's own token is used while it is fresh", async () => {
  const { tokens, asked } = source([]);

  assert.equal(await tokens.get(), "first");
  assert.deepEqual(asked, []);
});

test("an old token is renewed once for all sections that ask", async () => {
  const { tokens, asked, clock } = source([Response.json({ token: "second" })]);
  clock.now = 3_600_000;

  const got = await Promise.all([tokens.get(), tokens.get(), tokens.get()]);

  assert.deepEqual(got, ["second", "second", "second"]);
  assert.deepEqual(asked, [URL]);
});

test("a refused token is renewed although it is fresh", async () => {
  const { tokens } = source([Response.json({ token: "second" })]);

  tokens.expire();

  assert.equal(await tokens.get(), "second");
});

for (const [status, problem] of [[302, "signed-out"], [401, "signed-out"], [403, "permission-denied"], [404, "permission-denied"], [500, "unreachable"]] as const) {
  test(`an answer of ${status} means ${problem}`, async () => {
    const { tokens } = source([new Response(null, { status })]);
    tokens.expire();

    await assert.rejects(tokens.get());

    assert.equal(tokens.problem, problem);
  });
}

test("without a connection it can be tried again, and then nothing is wrong any more", async () => {
  const { tokens } = source([new TypeError("Failed to fetch"), Response.json({ token: "second" })]);
  tokens.expire();

  await assert.rejects(tokens.get());
  assert.equal(tokens.problem, "unreachable");

  assert.equal(await tokens.get(), "second");
  assert.equal(tokens.problem, null);
});
