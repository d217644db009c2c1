import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from './config.js';
import { ConfigError } from './start-error.js';

const folder = mkdtempSync(join(tmpdir(), 'hub-config-'));
afterAll(() => rmSync(folder, { recursive: true }));
const secret = 'x'.repeat(32);
const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://owner:pw@db/hub',
  HUB_SECRET: secret,
  BASE_URL: 'https://hub.example.org/',
};

describe('the settings', () => {
  it('need nothing on a development machine', () => {
    const config = readConfig({ HUB_DATA_DIR: folder });
    expect(config).toMatchObject({
      mode: 'development',
      port: 4000,
      host: '127.0.0.1',
      demo: true,
      databaseUrl: undefined,
    });
  });

  it('keep one random secret for development, readable by its owner only', () => {
    const first = readConfig({ HUB_DATA_DIR: folder }).secret;
    expect(first).toHaveLength(43);
    expect(readConfig({ HUB_DATA_DIR: folder }).secret).toBe(first);
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
  });

  it('name a token for the monitoring that is too short, and counts that are none', () => {
    expect(readConfig(production).metricsToken).toBeUndefined();
    expect(() => readConfig({ ...production, METRICS_TOKEN: 'short' })).toThrow(/^METRICS_TOKEN/);
    expect(() => readConfig({ ...production, SOCKETS_PER_SESSION: '0' })).toThrow(/^SOCKETS_PER_SESSION: "0"/);
    expect(readConfig(production).socketLimits).toEqual({ perAddress: 500, perSession: 20 });
  });

  it('take the style of a map and where its tiles come from', () => {
    const env = { HUB_DATA_DIR: folder, MAP_STYLE_URL: 'https://maps.example.org/style.json?key=1' };
    expect(readConfig(env).map?.origins).toEqual(['https://maps.example.org']);
    const more = { ...env, MAP_ORIGINS: 'https://tiles.example.org/a/, https://maps.example.org' };
    expect(readConfig(more).map?.origins).toEqual(['https://maps.example.org', 'https://tiles.example.org']);
    expect(readConfig({ HUB_DATA_DIR: folder }).map).toBeUndefined();
  });

  it('take read replicas beside a database, each an address', () => {
    const one = 'postgresql://x@replica-1/hub';
    expect(readConfig({ ...production, DATABASE_REPLICA_URLS: `${one}, ${one}` }).replicaUrls).toEqual([one, one]);
    expect(readConfig(production).replicaUrls).toEqual([]);
    expect(() => readConfig({ ...production, DATABASE_REPLICA_URLS: 'replica-1' })).toThrow(/^DATABASE_REPLICA_URLS/);
    const embedded = { ...production, DATABASE_URL: '', HUB_EMBEDDED: 'yes' };
    expect(() => readConfig({ ...embedded, DATABASE_REPLICA_URLS: one })).toThrow(/no replicas/);
  });

  it('are strict in production', () => {
    expect(readConfig(production)).toMatchObject({ production: true, demo: false, baseUrl: 'https://hub.example.org' });
    expect(readConfig({ ...production, DATABASE_URL: '', HUB_EMBEDDED: 'yes' }).databaseUrl).toBeUndefined();
  });

  it.each([
    ['production without a secret', { ...production, HUB_SECRET: undefined }, /HUB_SECRET is missing/],
    ['production with a short secret', { ...production, HUB_SECRET: 'short' }, /HUB_SECRET is too short/],
    ['production without a database', { ...production, DATABASE_URL: undefined }, /HUB_EMBEDDED=yes/],
    ['production without an address', { ...production, BASE_URL: undefined }, /BASE_URL is missing/],
    ['production with demo data', { ...production, HUB_DEMO: 'yes' }, /HUB_DEMO/],
    ['an unknown mode', { NODE_ENV: 'prod' }, /NODE_ENV: "prod" is not one of development, test, production/],
    ['a port that is none', { PORT: '80a' }, /PORT: "80a" is not a whole number from 0 to 65535/],
    ['a port out of range', { PORT: '65536' }, /PORT/],
    ['an address that is none', { BASE_URL: 'hub.example.org' }, /BASE_URL is not an address that starts with http/],
    ['a database of another kind', { DATABASE_URL: 'mysql://u:secret-pw@h/d' }, /^DATABASE_URL(?!.*secret-pw)/],
    ['yes and no in other words', { HUB_DEMO: 'true' }, /HUB_DEMO: "true" is not one of yes, no/],
    ['half an identity provider', { OIDC_ISSUER: 'https://id.example.org' }, /OIDC_CLIENT_ID/],
    ['a key without its address', { MEILI_KEY: 'k' }, /MEILI_URL/],
    ['belief in every proxy', { TRUST_PROXY: 'true' }, /TRUST_PROXY/],
    ['an unknown log level', { LOG_LEVEL: 'loud' }, /LOG_LEVEL/],
    ['tiles of a map without its style', { MAP_ORIGINS: 'https://tiles.example.org' }, /MAP_STYLE_URL is missing/],
    ['a map that is no address', { MAP_STYLE_URL: '/style.json' }, /MAP_STYLE_URL/],
    ['no connections', { POOL_SIZE: '0' }, /POOL_SIZE/],
  ])('refuse %s in one line', (_, env, message) => {
    const read = () => readConfig({ HUB_DATA_DIR: folder, ...env });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(message);
    expect(read).not.toThrow(/\n/);
  });

  it('say when the data folder is a file', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => readConfig({ HUB_DATA_DIR: file })).toThrow(/cannot be used .*HUB_DATA_DIR/);
  });
});
