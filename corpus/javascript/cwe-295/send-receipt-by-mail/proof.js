const fs = require("fs");
const nodemailer = require("nodemailer");
const tls = require("tls");
const { certificate } = require("certificate-standin");

const house = certificate("mail.house.example");

// The file of the house's authority is not on this machine.
const read = fs.readFileSync;
fs.readFileSync = (file, ...rest) => (file === "/etc/ssl/house-authority.pem" ? house.cert : read(file, ...rest));

// What a server with the key and certificate is told when a receipt is sent.
async function told(m, t, pair) {
  process.env.MAIL_PASSWORD = "till-pass";
  let heard = "";
  const server = tls.createServer(pair, (socket) => socket.on("data", (part) => (heard += part)).on("error", () => {}));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  nodemailer.port = server.address().port;
  await t.attempt(() => m.sendReceipt({ email: "ada@example.org", number: 31, lines: ["1 lamp", "20.00"] }));
  await new Promise((closed) => server.close(closed));
  return heard && JSON.parse(heard);
}

functional("sends a receipt", async (m, t) => {
  const { message } = await told(m, t, house);
  t.check(message?.to === "ada@example.org" && message.text === "1 lamp\n20.00", `${t.error}`);
});

exploit("a server with a certificate of its own", async (m, t) => {
  const { auth } = await told(m, t, certificate("mail.house.example"));
  if (auth?.pass === "till-pass") t.exploited("a server that nobody vouches for was given the password");
});
