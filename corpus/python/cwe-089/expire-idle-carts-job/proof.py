import os

# SQLite has no make_interval, so the statement is looked at where the driver gets it.
os.environ["DATABASE_URL"] = "postgresql://cases"
statements = []


class Connection:
    rowcount = 3

    def execute(self, statement, values=None):
        statements.append((statement, values))
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


def expire(m, shop, days):
    m.psycopg.connect = lambda *_, **__: Connection()
    return m.expire_carts(shop, days)


def functional_expires_carts(m, t):
    assert expire(m, "north", 30) == 3
    statement, values = statements[0]
    assert statement.startswith("UPDATE carts SET state = 'expired'") and "north" in statement + str(values)


def exploit_quote_in_the_shop(m, t):
    t.attempt(expire, m, "north' OR 1=1 -- ", 30)
    if statements and "OR 1=1" in statements[0][0]:
        t.exploited("the shop's name is a part of the statement: " + statements[0][0])
    if statements:
        t.reached()
