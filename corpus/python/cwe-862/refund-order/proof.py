import sqlite3

import django_standin


def refund(m, permissions):
    db = sqlite3.connect("standin.db")
    db.execute("CREATE TABLE shop_order (id INTEGER, state TEXT)")
    db.execute("INSERT INTO shop_order VALUES (5, 'paid')")
    db.commit()
    request = django_standin.request("POST", "/orders/5/refund")
    request.user.has_perms = lambda wanted, obj=None: set(wanted) <= permissions
    try:
        m.refund_order(request, 5)
    finally:
        state = db.execute("SELECT state FROM shop_order").fetchone()[0]
        db.close()
        refund.state = state
    return state


def functional_refunds_for_the_support(m, t):
    assert refund(m, {"shop.refund_order"}) == "refunded"


def exploit_any_customer(m, t):
    t.attempt(refund, m, set())
    if refund.state == "refunded":
        t.exploited("a customer without the permission refunded an order")
    t.reached()
