    try:
        return 200, json.dumps(load_order(order_id))
    except NotFound:
        return 404, json.dumps({"error": "no such order"})
    except Exception:
        log.exception("loading order %r failed", order_id)
        return 500, json.dumps({"error": "internal error"})
