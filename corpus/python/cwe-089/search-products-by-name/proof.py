import sqlite3


def search(m, term):
    db = sqlite3.connect("shop.db")
    db.execute("CREATE TABLE products (sku TEXT, name TEXT, price INTEGER)")
    db.execute("CREATE TABLE customers (mail TEXT)")
    db.execute("INSERT INTO products VALUES ('s1', 'Blue lamp', 20), ('s2', 'Red chair', 50)")
    db.execute("INSERT INTO customers VALUES ('ann@example.org')")
    db.commit()
    return m.app.test_client().get("/products", query_string={"q": term}).text


def functional_finds_products(m, t):
    text = search(m, "lamp")
    assert "Blue lamp" in text and "Red chair" not in text


def exploit_union_with_another_table(m, t):
    text = t.attempt(search, m, "x%' UNION SELECT mail, '', 0 FROM customers -- ")
    if text and "ann@example.org" in text:
        t.exploited("the address of a customer came back")
    t.reached()
