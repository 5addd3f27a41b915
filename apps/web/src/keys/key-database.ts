/** What a browser keeps about keys: its own, which cannot be read out, and the fingerprints of others' (ENC-4). */
const name = "sekisho-keys";
export type Store = "device" | "pins" | "checked";
const stores: readonly Store[] = ["device", "pins", "checked"];

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.addEventListener("upgradeneeded", () => {
      for (const store of stores) request.result.createObjectStore(store);
    });
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(new Error("no storage for keys")));
  });
  return opened;
}

export async function readKey(store: Store, id: string): Promise<unknown> {
  const database = await open();
  return done(database.transaction(store).objectStore(store).get(id));
}

export async function writeKey(store: Store, id: string, value: unknown): Promise<void> {
  const database = await open();
  await done(database.transaction(store, "readwrite").objectStore(store).put(value, id));
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(new Error("storage for keys failed")));
  });
}
