from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import JsonResponse
from django.views.decorators.http import require_POST


@require_POST
@login_required
def refund_order(request, order_id):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE shop_order SET state = 'refunded' WHERE id = %s AND state = 'paid'", [order_id])
        return JsonResponse({"refunded": cursor.rowcount == 1})
