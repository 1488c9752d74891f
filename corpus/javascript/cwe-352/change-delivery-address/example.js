const crypto = require("crypto");

const customers = new Map(); // session id -> { csrfToken, address }

function changeAddress(req, res) {
  const customer = customers.get(req.cookies.session);
  if (!customer) {
    res.status(401).send("Please sign in");
    return;
  }
  // the cookie comes with every request, whoever wrote the form; the token does not
  if (
    !/^[0-9a-f]{64}$/.test(req.body.csrf) ||
    !crypto.timingSafeEqual(Buffer.from(req.body.csrf), Buffer.from(customer.csrfToken))
  ) {
    res.status(403).send("This form is not ours");
    return;
  }
  customer.address = String(req.body.address).trim();
  res.redirect(303, "/account");
}

module.exports = { changeAddress, customers };
