    try:
        return 200, json.dumps(load_order(order_id))
    except NotFound:
        return 404, json.dumps({"error": "no such order"})
    except Exception as error:
        traceback.print_exc()
        return 500, json.dumps({"error": str(error)})
