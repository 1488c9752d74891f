const http = require("http");

const sessions = new Map(); // session id -> { name, role }
const expenses = new Map(); // number -> { amount, approvedBy }

async function approve(req, res) {
  const session = sessions.get(/(?:^|; )sid=(\w+)/.exec(req.headers.cookie ?? "")?.[1]);
  let body = "";
  for await (const chunk of req) {
    body += String(chunk).slice(0, 1000 - body.length);
  }
  const form = new URLSearchParams(body);
  // who may do what is in our own record; the form says only which expense
  if (session?.role !== "manager") {
    res.writeHead(403).end("managers approve expenses");
    return;
  }
  const expense = expenses.get(form.get("number"));
  if (expense) {
    expense.approvedBy = session.name;
  }
  res.writeHead(expense ? 204 : 404).end();
}

module.exports = { server: http.createServer(approve), sessions, expenses };
