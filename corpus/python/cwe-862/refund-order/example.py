from django.contrib.auth.decorators import login_required, permission_required
from django.db import connection
from django.http import JsonResponse
from django.views.decorators.http import require_POST


@require_POST
@login_required
# signed in is every customer: this permission belongs to the support staff
@permission_required("shop.refund_order", raise_exception=True)
def refund_order(request, order_id):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE shop_order SET state = 'refunded' WHERE id = %s AND state = 'paid'", [order_id])
        return JsonResponse({"refunded": cursor.rowcount == 1})
