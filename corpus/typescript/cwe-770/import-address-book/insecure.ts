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
  }
  return contacts;
}
