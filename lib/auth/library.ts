import { APIError, betterAuth } from "better-auth";
import { config } from "@/lib/config";
import { poolWithDates } from "@/lib/db/pool";
import { db, row } from "@/lib/db/sql";
import { PASSWORD } from "@/lib/model/password";
import { COOKIE_PREFIX, isSecure } from "./cookie";
import { sessionSecret } from "./sessionSecret";

/** People sign in again after this time. A session is not prolonged, since pages cannot renew its cookie. */
export const SESSION_SECONDS = 30 * 24 * 3600;

/**
 * The library that keeps passwords and sessions, on our tables. Its own HTTP endpoints are not served: what it does is
 * called from lib/commands, where actor, origin, limits and audit are.
 */
function create(secret: string, secure: boolean) {
  return betterAuth({
    appName: "Tidemark",
    baseURL: config.publicUrl() ?? "http://localhost",
    secrets: [{ version: 1, value: secret }],
    telemetry: { enabled: false },
    logger: { disabled: true }, // it would note who mistyped a password; faults are thrown
    rateLimit: { enabled: false }, // see attempts.ts: per account, in the database
    database: poolWithDates(),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD.least,
      maxPasswordLength: PASSWORD.most,
    },
    user: {
      modelName: "users",
      fields: { createdAt: "created_at" },
      additionalFields: {
        role: { type: "string", input: false },
        disabledAt: { type: "date", fieldName: "disabled_at", required: false, input: false },
      },
    },
    account: {
      modelName: "accounts",
      fields: {
        userId: "user_id",
        providerId: "provider_id",
        accountId: "account_id",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
    },
    session: {
      modelName: "sessions",
      fields: {
        userId: "user_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
      expiresIn: SESSION_SECONDS,
      disableSessionRefresh: true,
      cookieCache: { enabled: false }, // a session that was ended is over at once
    },
    databaseHooks: { session: { create: { before: async ({ userId }) => await mayBegin(userId) } } },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: secure,
      ipAddress: { disableIpTracking: true },
      // Columns of the library that we have no use for do not exist; tests hold those that it needs.
      database: { generateId: "serial", validateSchema: false },
    },
  });
}

/** A person who is disabled begins no session, with whatever password. */
async function mayBegin(userId: string): Promise<boolean> {
  return (await row(db(), "select from users where id = $1 and disabled_at is null", [userId])) !== null;
}

type Library = ReturnType<typeof create>;
const made = new Map<boolean, Promise<Library>>();

/** The library for whoever sends these headers: its cookies are marked Secure where they come through https. */
export async function library(headers: Headers): Promise<Library> {
  const secure = isSecure(headers);
  const known = made.get(secure) ?? sessionSecret().then((secret) => create(secret, secure));
  made.set(secure, known);
  try {
    return await known;
  } catch (error) {
    made.delete(secure); // the database may be back for the next one
    throw error;
  }
}

/**
 * Awaits a call of the library. What it refuses is null; a fault below it (such as a database that is away) is thrown as
 * it was, not in the library's wrapping.
 */
export async function unlessRefused<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    if (error.statusCode < 500) return null;
    throw error.cause ?? error;
  }
}
