import type { Readable } from "node:stream";
import { createInterface } from "node:readline";

export async function importContacts(file: Readable): Promise<Map<string, string>> {
  const contacts = new Map<string, string>();
  for await (const line of createInterface({ input: file })) {
    const [name, address] = line.split(";");
    if (!name || !address?.includes("@")) {
      continue;
    }
    contacts.set(name.trim(), address.trim());
    // a file has no end of its own that we could trust
    if (contacts.size > 1000) {
      throw new RangeError("at most 1000 contacts");
    }
  }
  return contacts;
}
