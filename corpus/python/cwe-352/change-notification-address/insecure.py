from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST


@csrf_exempt
@require_POST
def change_address(request):
    address = request.POST.get("address", "")
    if "@" not in address:
        return HttpResponseBadRequest("this is no address")
    cache.set(f"notify:{request.user.pk}", address, timeout=None)
    return HttpResponse("notifications go to " + address, content_type="text/plain")
