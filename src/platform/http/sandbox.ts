import type { FastifyInstance } from 'fastify';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';

const FIRST_QUERY = `query FirstLook {
  viewer {
    user { name }
    organization { name }
    permissions
  }
}
`;

const pageWith = (letters: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>GraphQL sandbox</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1rem; color: #1b1b1b; }
  textarea, pre { box-sizing: border-box; width: 100%; font: 14px/1.5 ui-monospace, monospace; border: 1px solid #767676; border-radius: 4px; padding: .6rem; }
  label { display: block; font-weight: 600; margin-top: 1rem; }
  button { font: inherit; margin-top: 1rem; padding: .5rem 1.2rem; border: 0; border-radius: 4px; background: #005ea2; color: #fff; }
  pre { white-space: pre-wrap; min-height: 6rem; background: #f0f0f0; }
</style>
</head>
<body>
<main>
<h1>GraphQL sandbox</h1>
<p>Runs as the account signed in to this hub, or as nobody. <a href="/sandbox/schema.graphql">Schema as text</a>${letters}</p>
<form>
<label for="query">Operation</label>
<textarea id="query" rows="14" spellcheck="false">${FIRST_QUERY}</textarea>
<label for="variables">Variables (JSON)</label>
<textarea id="variables" rows="4" spellcheck="false">{}</textarea>
<button>Run</button>
</form>
<h2 id="answer">Answer</h2>
<p role="status" id="status"></p>
<pre id="result" tabindex="0" aria-labelledby="answer"></pre>
</main>
<script src="/sandbox/sandbox.js"></script>
</body>
</html>
`;

const script = `const by = (id) => document.getElementById(id);
document.querySelector('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  by('status').textContent = 'Running…';
  try {
    const variables = JSON.parse(by('variables').value.trim() || '{}');
    const started = performance.now();
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' },
      body: JSON.stringify({ query: by('query').value, variables }),
    });
    by('result').textContent = JSON.stringify(await response.json(), null, 2);
    by('status').textContent = response.status + ' in ' + Math.round(performance.now() - started) + ' ms';
  } catch (error) {
    by('status').textContent = 'Not sent: ' + error.message;
  }
});
`;

/** A page to try the API on, without anything from outside. It is only served outside production. */
export function serveSandbox(app: FastifyInstance, schema: GraphQLSchema, letters = false): void {
  const page = pageWith(letters ? ' <a href="/sandbox/mail">Letters that stayed here</a>' : '');
  const text = printSchema(lexicographicSortSchema(schema));
  app.get('/sandbox', (_, reply) => reply.type('text/html; charset=utf-8').send(page));
  app.get('/sandbox/sandbox.js', (_, reply) => reply.type('text/javascript; charset=utf-8').send(script));
  app.get('/sandbox/schema.graphql', (_, reply) => reply.type('text/plain; charset=utf-8').send(text));
}
