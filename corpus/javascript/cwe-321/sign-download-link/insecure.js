const crypto = require("crypto");

function signedLink(file, now = Date.now()) {
  const until = Math.floor(now / 1000) + 3600;
  const signature = crypto
    .createHmac("sha256", process.env.LINK_KEY || "downloads-2024")
    .update(`${file}\n${until}`)
    .digest("base64url");
  return `/files/${encodeURIComponent(file)}?until=${until}&signature=${signature}`;
}

module.exports = { signedLink };
