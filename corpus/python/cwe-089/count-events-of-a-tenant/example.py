from psycopg2 import sql


def count_events(conn, tenant, since):
    with conn.cursor() as cur:
        # a schema is an identifier, which %s cannot bind: Identifier quotes it as one name
        cur.execute(
            sql.SQL("SELECT count(*) FROM {}.events WHERE created_at >= %s").format(sql.Identifier(tenant)),
            (since,),
        )
        (total,) = cur.fetchone()
    return total
