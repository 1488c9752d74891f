def count_events(conn, tenant, since):
    with conn.cursor() as cur:
        cur.execute(
            "SELECT count(*) FROM {}.events WHERE created_at >= %s".format(tenant),
            (since,),
        )
        (total,) = cur.fetchone()
    return total
