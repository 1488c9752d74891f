import os

import psycopg
from celery import shared_task


@shared_task
def expire_carts(shop, idle_days):
    with psycopg.connect(os.environ["DATABASE_URL"]) as conn:
        cur = conn.execute(
            f"UPDATE carts SET state = 'expired' WHERE state = 'open' AND shop = '{shop}'"
            f" AND touched_at < now() - make_interval(days => {idle_days})"
        )
        return cur.rowcount
