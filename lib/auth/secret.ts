import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * A new secret: its prefix and 32 random bytes. Only its hash, and of a token's its last four characters, are ever
 * stored.
 */
export function createSecret(prefix = "tm_"): { secret: string; hash: Buffer; hint: string } {
  const secret = `${prefix}${randomBytes(32).toString("base64url")}`;
  return { secret, hash: hashSecret(secret), hint: secret.slice(-4) };
}

/** What is stored of a secret. Secrets are random, so a plain SHA-256 cannot be searched through. */
export const hashSecret = (secret: string): Buffer => createHash("sha256").update(secret).digest();

/** Are two secrets equal? Takes the same time whatever they hold. */
export const isSameSecret = (a: string, b: string): boolean => timingSafeEqual(hashSecret(a), hashSecret(b));
