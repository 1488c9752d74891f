function payslip(db, req, res) {
  const slip = db.prepare("SELECT month, net, tax FROM payslips WHERE id = ?").get(req.params.id);
  if (!slip) {
    res.status(404).send("no such payslip");
    return;
  }
  res.set("Content-Disposition", `attachment; filename="payslip-${slip.month}.csv"`);
  res.type("text/csv").send(`month,net,tax\n${slip.month},${slip.net},${slip.tax}\n`);
}

module.exports = { payslip };
