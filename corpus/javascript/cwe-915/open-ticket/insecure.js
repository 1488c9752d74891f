const tickets = [];

function openTicket(form, customer) {
  const ticket = {
    priority: "normal",
    assignee: null,
    refund: 0,
    ...form,
    customer: customer.id,
    number: tickets.length + 1,
  };
  tickets.push(ticket);
  return ticket.number;
}

module.exports = { openTicket, tickets };
