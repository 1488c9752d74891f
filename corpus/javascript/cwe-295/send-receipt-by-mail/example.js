const fs = require("fs");
const nodemailer = require("nodemailer");

async function sendReceipt(receipt) {
  const transport = nodemailer.createTransport({
    host: "mail.house.example",
    port: 465,
    secure: true,
    auth: { user: "till", pass: process.env.MAIL_PASSWORD },
    // the house signs its own certificates: name the authority instead of not checking
    tls: { ca: fs.readFileSync("/etc/ssl/house-authority.pem") },
  });
  await transport.sendMail({
    from: "till@house.example",
    to: receipt.email,
    subject: `Your receipt ${receipt.number}`,
    text: receipt.lines.join("\n"),
  });
}

module.exports = { sendReceipt };
