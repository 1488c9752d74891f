const nodemailer = require("nodemailer");

async function sendReceipt(receipt) {
  const transport = nodemailer.createTransport({
    host: "mail.house.example",
    port: 465,
    secure: true,
    auth: { user: "till", pass: process.env.MAIL_PASSWORD },
    tls: { rejectUnauthorized: false },
  });
  await transport.sendMail({
    from: "till@house.example",
    to: receipt.email,
    subject: `Your receipt ${receipt.number}`,
    text: receipt.lines.join("\n"),
  });
}

module.exports = { sendReceipt };
