// What the phone keeps: IndexedDB. A promise here is kept only when the data is on the disk.

const NAME = "baikoo-observe";
const VERSION = 1;
const TABLES = { meta: "key", sittings: "id", notes: "uuid", pictures: "id", drafts: "key" };

/** The phone could not write or read: it is full, or the browser forbids it. Always told to the person. */
export class StoreFailure extends Error {}

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(TABLES)) request.result.createObjectStore(name, { keyPath });
    };
    request.onsuccess = () => {
      request.result.onclose = () => (opened = null);
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => {
      opened = null;
      reject(new StoreFailure(String(request.error)));
    };
  });
  return opened;
}

async function transact(names, mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    let result;
    let transaction;
    const fail = (error) => reject(new StoreFailure(String(error ?? transaction?.error)));
    try {
      transaction = database.transaction(names, mode, { durability: "strict" });
      transaction.oncomplete = () => resolve(result?.result);
      transaction.onabort = () => fail(transaction.error);
      transaction.onerror = () => fail(transaction.error);
      result = work((name) => transaction.objectStore(name));
    } catch (error) {
      opened = null;
      fail(error);
    }
  });
}

export const get = (table, key) => transact([table], "readonly", (of) => of(table).get(key));
export const all = (table) => transact([table], "readonly", (of) => of(table).getAll());

/** Write rows and remove keys, all or nothing: {put: {table: [rows]}, remove: {table: [keys]}}. */
export function write({ put = {}, remove = {} }) {
  const names = [...new Set([...Object.keys(put), ...Object.keys(remove)])];
  return transact(names, "readwrite", (of) => {
    for (const [name, rows] of Object.entries(put)) for (const row of rows) of(name).put(row);
    for (const [name, keys] of Object.entries(remove)) for (const key of keys) of(name).delete(key);
  });
}

export const put = (table, row) => write({ put: { [table]: [row] } });
export const remove = (table, key) => write({ remove: { [table]: [key] } });

/** Decide row by row in one transaction: a row to write, null to remove, undefined to leave. Gives the rows found. */
export async function decide(table, keys, choose) {
  const found = [];
  await transact([table], "readwrite", (of) => {
    for (const key of keys) {
      of(table).get(key).onsuccess = ({ target: { result: row } }) => {
        if (!row) return;
        found.push(row);
        const chosen = choose(row);
        if (chosen === null) of(table).delete(key);
        else if (chosen) of(table).put(chosen);
      };
    }
  });
  return found;
}

/** Everything that this phone keeps, away. */
export function clear() {
  const names = Object.keys(TABLES);
  return transact(names, "readwrite", (of) => {
    for (const name of names) of(name).clear();
  });
}
