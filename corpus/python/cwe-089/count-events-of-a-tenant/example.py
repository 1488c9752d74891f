from psycopg2 import sql


def count_events(conn, tenant, since):
    # a schema is an identifier, which %s cannot bind: Identifier quotes it as one name
    query = sql.SQL("SELECT count(*) FROM {}.events WHERE created_at >= %s").format(
        sql.Identifier(tenant)
    )
    with conn.cursor() as cur:
        cur.execute(query, (since,))
        (total,) = cur.fetchone()
    return total
