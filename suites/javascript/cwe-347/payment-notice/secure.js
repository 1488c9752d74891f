  const expected = crypto.createHmac("sha256", secret).update(body).digest();
  const given = Buffer.from(String(headers["x-signature"] || ""), "hex");
  if (given.length !== expected.length || !crypto.timingSafeEqual(given, expected)) {
    throw new Error("the signature is missing or wrong");
  }
  return JSON.parse(body);
}
