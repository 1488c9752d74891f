const crypto = require("crypto");

const pending = new Map(); // phone -> { code, tries, until }

function sendCode(phone, send) {
  const code = String(crypto.randomInt(1_000_000)).padStart(6, "0");
  pending.set(phone, { code, tries: 0, until: Date.now() + 600_000 });
  send(phone, `Your code is ${code}`);
}

function checkCode(phone, code) {
  const login = pending.get(phone);
  if (!login || Date.now() > login.until) {
    pending.delete(phone);
    return false;
  }
  if (login.code !== String(code)) {
    return false;
  }
  pending.delete(phone);
  return true;
}

module.exports = { sendCode, checkCode };
