from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST


# a form of another site comes with the visitor's cookie, but not with the token
@csrf_protect
@require_POST
def change_address(request):
    address = request.POST.get("address", "")
    if "@" not in address:
        return HttpResponseBadRequest("this is no address")
    cache.set(f"notify:{request.user.pk}", address, timeout=None)
    return HttpResponse("notifications go to " + address, content_type="text/plain")
