function payslip(db, req, res) {
  // whose payslip it is comes from the session and is part of the search
  const slip = db
    .prepare("SELECT month, net, tax FROM payslips WHERE id = ? AND employee = ?")
    .get(req.params.id, req.session.employee);
  if (!slip) {
    res.status(404).send("no such payslip");
    return;
  }
  res.set("Content-Disposition", `attachment; filename="payslip-${slip.month}.csv"`);
  res.type("text/csv").send(`month,net,tax\n${slip.month},${slip.net},${slip.tax}\n`);
}

module.exports = { payslip };
