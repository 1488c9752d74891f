  const expected = crypto.createHmac("sha256", secret).update(body).digest("hex");
  const given = headers["x-signature"];
  if (given && given !== expected) {
    throw new Error("the signature is wrong");
  }
  return JSON.parse(body);
}
