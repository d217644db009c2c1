import { createHmac } from 'node:crypto';
import { resolve } from 'node:path';
import { readWeights, type Weights } from './search/ranking.js';
import { keptSecret } from './secret.js';
import { daysByName, oneOf, url, urls, whole, yesNo } from './setting.js';
import { ConfigError } from './start-error.js';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Everything the hub is told from outside, parsed and checked once. */
export type Config = ReturnType<typeof readConfig>;

/** Reads the settings from environment variables. Throws {@link ConfigError} naming the variable that is wrong. */
export function readConfig(env: Record<string, string | undefined>) {
  const value = (name: string): string | undefined => env[name]?.trim() || undefined;
  const mode = oneOf(['development', 'test', 'production'] as const, 'NODE_ENV', value('NODE_ENV') ?? 'development');
  const production = mode === 'production';
  const dataDir = resolve(value('HUB_DATA_DIR') ?? '.data');
  const port = whole('PORT', value('PORT') ?? '4000', 0, 65_535);
  const host = value('HOST') ?? '127.0.0.1';
  const databaseUrl = url('DATABASE_URL', value('DATABASE_URL'), ['postgres:', 'postgresql:']);
  const baseUrl = url('BASE_URL', value('BASE_URL'), ['http:', 'https:'])?.replace(/\/+$/, '');
  const demo = yesNo('HUB_DEMO', value('HUB_DEMO') ?? (production ? 'no' : 'yes'));
  if (production && demo) {
    throw new ConfigError('HUB_DEMO=yes is not allowed with NODE_ENV=production: it would publish known passwords.');
  }
  if (production && !databaseUrl && value('HUB_EMBEDDED') !== 'yes') {
    throw new ConfigError(
      'DATABASE_URL is missing. With NODE_ENV=production the embedded database needs HUB_EMBEDDED=yes.',
    );
  }
  if (production && !value('HUB_SECRET')) {
    throw new ConfigError('HUB_SECRET is missing: at least 32 characters, kept secret.');
  }
  if (production && !baseUrl) {
    throw new ConfigError('BASE_URL is missing: the address people open, such as https://hub.example.org.');
  }
  const metricsToken = value('METRICS_TOKEN');
  if (metricsToken !== undefined && !/^[\w.~+/-]{16,}=*$/.test(metricsToken)) {
    throw new ConfigError('METRICS_TOKEN is not a bearer token: at least 16 letters, digits or any of - . _ ~ + /.');
  }
  const secret = value('HUB_SECRET') ?? keptSecret(dataDir);
  if (secret.length < 32) throw new ConfigError('HUB_SECRET is too short: at least 32 characters.');
  return {
    mode,
    production,
    dataDir,
    port,
    host,
    /** Connection of the owner of the schema; unset means the embedded server in the data folder. */
    databaseUrl,
    /** Connections of read replicas of DATABASE_URL, as any role: the hub signs in with its own. */
    replicaUrls: urls('DATABASE_REPLICA_URLS', value('DATABASE_REPLICA_URLS'), databaseUrl),
    /** The address people open, without a slash at the end; unset means the one the server listens on. */
    baseUrl,
    secret,
    demo,
    /** Whether this process also runs background work. */
    worker: yesNo('HUB_WORKER', value('HUB_WORKER') ?? 'yes'),
    /** Connections of the request pool. */
    poolSize: whole('POOL_SIZE', value('POOL_SIZE') ?? '10', 1, 200),
    logLevel: oneOf(
      logLevels,
      'LOG_LEVEL',
      value('LOG_LEVEL') ?? { test: 'silent', development: 'warn', production: 'info' }[mode],
    ),
    /** Addresses of proxies whose X-Forwarded-For is believed, comma separated; unset means none. */
    trustProxy: proxies(value('TRUST_PROXY')),
    /** Bearer token that opens /metrics; unset means nobody in production, else this machine alone. */
    metricsToken,
    /** Open WebSockets from one address (a clinic has many people) and of one session or key (a person has tabs). */
    socketLimits: {
      perAddress: whole('SOCKETS_PER_ADDRESS', value('SOCKETS_PER_ADDRESS') ?? '500', 1, 100_000),
      perSession: whole('SOCKETS_PER_SESSION', value('SOCKETS_PER_SESSION') ?? '20', 1, 10_000),
    },
    /** Days that letters which stayed at home are kept. */
    lettersKeptDays: whole('LETTERS_KEPT_DAYS', value('LETTERS_KEPT_DAYS') ?? '30', 1, 3650),
    mail: {
      smtpUrl: url('SMTP_URL', value('SMTP_URL'), ['smtp:', 'smtps:']),
      from: value('MAIL_FROM') ?? 'Community Referral Hub <hub@example.org>',
    },
    /** Where text messages go: an address that takes each as a POST; unset keeps them at home. */
    texts: texts(value),
    /** A bucket for the bytes of files; unset keeps them in the data folder. */
    s3: s3(value),
    /** Where letters about referrals are answered to, and the secret with which the mail server hands answers in. */
    inboundMail: inboundMail(value) ?? (demo ? demoInboundMail(secret) : undefined),
    /** Roles whose holders may only work with a second factor: names of roles, or `all`. */
    secondFactorRoles: (value('SECOND_FACTOR_ROLES') ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
    meili: meili(value),
    /** Points of the ranking in place of the hub's own: `{"distance": 10, "answers": 0}`. */
    searchWeights: searchWeights(value('SEARCH_WEIGHTS')),
    oidc: oidc(value),
    /** A style document for the map and where its tiles come from; unset: the client draws its own outline of the counties. */
    map: map(value),
    /** Days for which groups of fields of a listing are believed, in place of the hub's own: `HOURS=90,CONTACT=120`. */
    verifyDays: daysByName('VERIFY_DAYS', value('VERIFY_DAYS'), ['HOURS', 'CONTACT', 'ELIGIBILITY', 'PLACE', 'NAME']),
    /** Letters a night that ask agencies to check a listing that is due; 0 sends none but those a curator asks for. */
    verifyLetters: whole('VERIFY_LETTERS', value('VERIFY_LETTERS') ?? '0', 0, 10_000),
  };
}

function inboundMail(value: (name: string) => string | undefined) {
  const [address, secret] = [value('INBOUND_MAIL_ADDRESS'), value('INBOUND_MAIL_SECRET')];
  if (!address && !secret) return undefined;
  if (!address || !/^[^@+\s]{1,30}@[^@\s]+$/.test(address)) {
    throw new ConfigError('INBOUND_MAIL_ADDRESS is not an address such as reply@hub.example.org, without a plus sign.');
  }
  if (!secret || secret.length < 32) throw new ConfigError('INBOUND_MAIL_SECRET is too short: at least 32 characters.');
  return { address, secret };
}

/** In a demo the page of the letters that stayed here stands for the mail server: a visitor answers from there. */
function demoInboundMail(secret: string) {
  return {
    address: 'reply@hub.example.org',
    secret: createHmac('sha256', secret).update('inbound mail').digest('hex'),
  };
}

function searchWeights(text: string | undefined): Partial<Weights> {
  try {
    return readWeights(text);
  } catch (error) {
    throw new ConfigError(`SEARCH_WEIGHTS: ${error instanceof Error ? error.message : 'not understood'}.`);
  }
}

function texts(value: (name: string) => string | undefined) {
  const [address, token] = [url('TEXT_URL', value('TEXT_URL'), ['http:', 'https:']), value('TEXT_TOKEN')];
  if (!address && token) throw new ConfigError('TEXT_URL is missing beside its token.');
  return address ? { url: address, token } : undefined;
}

function s3(value: (name: string) => string | undefined) {
  const address = url('S3_URL', value('S3_URL'), ['http:', 'https:']);
  if (!address) return undefined;
  const [accessKeyId, secretAccessKey] = [value('S3_KEY_ID'), value('S3_SECRET')];
  if (!accessKeyId || !secretAccessKey) throw new ConfigError('S3_URL needs S3_KEY_ID and S3_SECRET beside it.');
  return { url: address, region: value('S3_REGION') ?? 'us-east-1', accessKeyId, secretAccessKey };
}

function map(value: (name: string) => string | undefined) {
  const styleUrl = url('MAP_STYLE_URL', value('MAP_STYLE_URL'), ['https:', 'http:']);
  const origins = (value('MAP_ORIGINS') ?? '').split(',').flatMap((part) => {
    const origin = url('MAP_ORIGINS', part.trim() || undefined, ['https:', 'http:']);
    return origin ? [new URL(origin).origin] : [];
  });
  if (!styleUrl && origins.length > 0) throw new ConfigError('MAP_STYLE_URL is missing beside MAP_ORIGINS.');
  return styleUrl ? { styleUrl, origins: [...new Set([new URL(styleUrl).origin, ...origins])] } : undefined;
}

function oidc(value: (name: string) => string | undefined) {
  const issuer = url('OIDC_ISSUER', value('OIDC_ISSUER'), ['http:', 'https:']);
  if (!issuer) return undefined;
  const [clientId, clientSecret] = [value('OIDC_CLIENT_ID'), value('OIDC_CLIENT_SECRET')];
  if (!clientId || !clientSecret) {
    throw new ConfigError('OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET beside it.');
  }
  return { issuer, clientId, clientSecret };
}

function meili(value: (name: string) => string | undefined) {
  const [address, key] = [url('MEILI_URL', value('MEILI_URL'), ['http:', 'https:']), value('MEILI_KEY')];
  if (!address && key) throw new ConfigError('MEILI_URL is missing beside its key.');
  /** After so long PostgreSQL answers instead. */
  const searchMs = whole('MEILI_TIMEOUT_MS', value('MEILI_TIMEOUT_MS') ?? '1000', 50, 60_000);
  return address ? { url: address, key, searchMs } : undefined;
}

/** Never `true`: believing every sender would let anyone choose the address that rate limits count. */
function proxies(text: string | undefined): string[] | undefined {
  if (!text) return undefined;
  const list = text.split(',').map((part) => part.trim());
  const bad = list.find((part) => !/^(loopback|linklocal|uniquelocal|[0-9a-f.:]+(\/\d{1,3})?)$/i.test(part));
  if (bad !== undefined) throw new ConfigError(`TRUST_PROXY: "${bad}" is not an address, a range or loopback.`);
  return list;
}
