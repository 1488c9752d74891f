import sqlite3

from jinja2 import DictLoader


def stock(m, **query):
    db = sqlite3.connect("warehouse.db")
    db.execute("CREATE TABLE IF NOT EXISTS stock (site TEXT, item_name TEXT, quantity INTEGER, updated_at TEXT)")
    db.execute("CREATE TABLE IF NOT EXISTS safe (code TEXT)")
    db.execute("DELETE FROM stock")
    db.execute("INSERT INTO stock VALUES ('main', 'bolts', 2, ''), ('main', 'nuts', 1, '')")
    db.execute("INSERT INTO safe VALUES ('4711')")
    db.commit()
    m.app.jinja_loader = DictLoader({"stock.html": "{% for item in items %}{{ item[0] }} {% endfor %}"})
    return m.app.test_client().get("/stock", query_string=query).text


def functional_sorts_the_table(m, t):
    assert stock(m) == "bolts nuts "
    assert stock(m, order="desc") == "nuts bolts "


def exploit_question_in_the_order(m, t):
    ask = "CASE WHEN (SELECT code FROM safe) = '{}' THEN quantity ELSE -quantity END"
    right, wrong = (t.attempt(stock, m, sort=ask.format(code)) for code in ("4711", "0000"))
    if right == "nuts bolts " and wrong == "bolts nuts ":
        t.exploited("the order of the rows tells the content of another table")
    t.reached()
