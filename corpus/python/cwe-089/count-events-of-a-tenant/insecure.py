def count_events(conn, tenant, since):
    query = "SELECT count(*) FROM {}.events WHERE created_at >= %s".format(tenant)
    with conn.cursor() as cur:
        cur.execute(query, (since,))
        (total,) = cur.fetchone()
    return total
