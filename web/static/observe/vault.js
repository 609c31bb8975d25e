// Notes that the server has not confirmed lie on the phone encrypted.
//
// A random key encrypts them. That key is kept twice: under a key made from the PIN, and under the recovery key that
// the server gives for a short time after signing in. A lost phone whose session was ended opens for neither.

const ITERATIONS = 310_000;
const LONGEST_WAIT = 300_000;
const FREE_TRIES = 3;

const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const bytes = (text) => new TextEncoder().encode(text);

async function keyOfPin(pin, salt, iterations) {
  const secret = await crypto.subtle.importKey("raw", bytes(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

function keyOfRecovery(hex) {
  const raw = Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["wrapKey", "unwrapKey"]);
}

async function wrap(key, under) {
  const iv = random(12);
  return { iv, data: await crypto.subtle.wrapKey("raw", key, under, { name: "AES-GCM", iv }) };
}

/** The key, or null where it was wrapped under another one. */
async function unwrap(wrapped, under) {
  const how = { name: "AES-GCM", iv: wrapped.iv };
  try {
    return await crypto.subtle.unwrapKey("raw", wrapped.data, under, how, "AES-GCM", true, ["encrypt", "decrypt"]);
  } catch {
    return null;
  }
}

/** A new data key. */
export const newKey = () => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);

/** What to store so that the PIN opens the key. */
export async function underPin(key, pin) {
  const salt = random(16);
  const byPin = await wrap(key, await keyOfPin(pin, salt, ITERATIONS));
  return { salt, iterations: ITERATIONS, byPin, failures: 0, waitUntil: 0 };
}

/** What to store so that signing in again opens the key. */
export const underRecovery = async (key, hex) => ({ byRecovery: await wrap(key, await keyOfRecovery(hex)) });

/** The key of a stored vault by its PIN; null for a wrong one. */
export async function openByPin(vault, pin) {
  return unwrap(vault.byPin, await keyOfPin(pin, vault.salt, vault.iterations));
}

/** The key by one of the recovery keys of this account's sessions; null where none fits. */
export async function openByRecovery(vault, keys) {
  for (const hex of vault.byRecovery ? keys : []) {
    const key = await unwrap(vault.byRecovery, await keyOfRecovery(hex));
    if (key) return key;
  }
  return null;
}

/** The vault after one more try: the third wrong PIN makes one wait, each further one twice as long. */
export function counted(vault, now) {
  const failures = vault.failures + 1;
  const wait = failures < FREE_TRIES ? 0 : Math.min(5_000 * 2 ** (failures - FREE_TRIES), LONGEST_WAIT);
  return { ...vault, failures, waitUntil: now + wait };
}

/** Encrypt a value (or a Blob's bytes); `label` binds it to its row. */
export async function seal(key, value, label) {
  const iv = random(12);
  const plain = value instanceof ArrayBuffer ? value : bytes(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytes(label) }, key, plain) };
}

/** The bytes that were sealed. Raises OperationError where key, label or data do not belong together. */
export const unsealBytes = (key, sealed, label) =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv, additionalData: bytes(label) }, key, sealed.data);

/** The value that was sealed. */
export const unseal = async (key, sealed, label) =>
  JSON.parse(new TextDecoder().decode(await unsealBytes(key, sealed, label)));
