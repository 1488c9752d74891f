import os

import psycopg
from celery import shared_task


@shared_task
def expire_carts(shop, idle_days):
    with psycopg.connect(os.environ["DATABASE_URL"]) as conn:
        # make_interval takes a bound number, so no part of the interval is pasted into the text
        cur = conn.execute(
            "UPDATE carts SET state = 'expired' WHERE state = 'open' AND shop = %(shop)s"
            " AND touched_at < now() - make_interval(days => %(days)s)",
            {"shop": shop, "days": idle_days},
        )
        return cur.rowcount
