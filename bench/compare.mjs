// Compares every answer with the one by hand, field by field.
import { isDeepStrictEqual } from 'node:util';

/** One scenario with its variables, the servers that take part, and the answers they must give. */
export class Comparison {
  #known = new Map();
  #keys = 0;

  constructor(scenario, variables, servers) {
    this.scenario = scenario;
    this.variables = variables;
    this.servers = servers;
    this.names = Object.keys(scenario.servers).filter((name) => servers.of(name));
    this.expected = [];
  }

  /** Asks by hand for all that must be answered. */
  async expect() {
    for (const n of this.variables.keys()) this.expected[n] = await this.#expectedOf(n);
  }

  async #expectedOf(n) {
    return this.#lasting(await this.#say('hand', n));
  }

  #lasting(answer) {
    return this.scenario.lasting ? this.scenario.lasting(answer) : answer;
  }

  /** Asks one server once and checks its answer. Throws when it is another than the one by hand. */
  async check(name, call) {
    const n = call % this.variables.length;
    const known = `${name} ${n}`;
    const { body, answer } = await this.#ask(name, n, (text) => text === this.#known.get(known));
    if (answer === undefined) return;
    const { knows = (all) => all } = this.scenario.servers[name];
    const alike = this.scenario.alike ?? isDeepStrictEqual;
    const said = this.#lasting(answer);
    if (!alike(said, knows(this.expected[n]))) {
      // Time passes: a capacity may have grown old since. The answer by hand of this moment decides.
      this.expected[n] = await this.#expectedOf(n);
      if (!alike(said, knows(this.expected[n]))) this.#complain(name, n, said, knows(this.expected[n]));
    }
    if (!this.scenario.writes) this.#known.set(known, body);
  }

  #complain(name, n, said, expected) {
    const { text, zip, id, from, to } = this.variables[n];
    throw new Error(
      `${this.scenario.name}: ${name} answers otherwise for ${JSON.stringify({ text, zip, id, from, to })}\n${firstDifference(said, expected)}`,
    );
  }

  async #say(name, n) {
    return (await this.#ask(name, n, () => false)).answer;
  }

  async #ask(name, n, isKnown) {
    const { client } = this.servers.of(name);
    const { ask, says } = this.scenario.servers[name];
    this.#keys += 1;
    const { status, body } = await client.send(ask({ ...this.variables[n], key: `bench-${Date.now()}-${this.#keys}` }));
    if (isKnown(body)) return { body };
    if (status !== 200) throw new Error(`${this.scenario.name}: ${name} answers ${status} ${body.slice(0, 2000)}`);
    try {
      return { body, answer: says(JSON.parse(body)) };
    } catch (error) {
      const wrote = this.servers.of(name).output();
      throw new Error(`${this.scenario.name}: ${name} says ${body.slice(0, 2000)}\n${wrote}`, { cause: error });
    }
  }
}

function firstDifference(said, expected, path = '') {
  if (isDeepStrictEqual(said, expected)) return '';
  const deeper = [said, expected].every((value) => typeof value === 'object' && value !== null);
  if (!deeper) return `  at ${path || 'the top'}: ${JSON.stringify(said)} instead of ${JSON.stringify(expected)}`;
  for (const key of new Set([...Object.keys(said), ...Object.keys(expected)])) {
    const found = firstDifference(said[key], expected[key], `${path}.${key}`);
    if (found) return found;
  }
  return `  at ${path}`;
}
