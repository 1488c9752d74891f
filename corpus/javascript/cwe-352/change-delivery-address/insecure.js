const customers = new Map(); // session id -> { csrfToken, address }

function changeAddress(req, res) {
  const customer = customers.get(req.cookies.session);
  if (!customer) {
    res.status(401).send("Please sign in");
    return;
  }
  customer.address = String(req.body.address).trim();
  res.redirect(303, "/account");
}

module.exports = { changeAddress, customers };
