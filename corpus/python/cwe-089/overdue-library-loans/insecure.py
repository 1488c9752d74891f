from django.db import connection
from django.http import JsonResponse
from django.views.decorators.http import require_GET


@require_GET
def overdue_loans(request):
    branch = request.GET.get("branch", "")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT title, reader, due_on FROM library_loan"
            " WHERE branch = '%s' AND due_on < CURRENT_DATE ORDER BY due_on" % branch
        )
        names = [column[0] for column in cursor.description]
        loans = [dict(zip(names, row)) for row in cursor.fetchall()]
    return JsonResponse({"branch": branch, "loans": loans})
