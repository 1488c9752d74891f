const crypto = require("crypto");

function signedLink(file, now = Date.now()) {
  // whoever has the key makes links to everything: it is not in the source, and there is no default
  if (!process.env.LINK_KEY) {
    throw new Error("LINK_KEY is not set");
  }
  const until = Math.floor(now / 1000) + 3600;
  const signature = crypto
    .createHmac("sha256", process.env.LINK_KEY)
    .update(`${file}\n${until}`)
    .digest("base64url");
  return `/files/${encodeURIComponent(file)}?until=${until}&signature=${signature}`;
}

module.exports = { signedLink };
