import subprocess

from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_POST


@staff_member_required
@require_POST
def restart_worker(request):
    units = {"mail": "shop-mail.service", "search": "shop-search.service", "images": "shop-images.service"}
    # the request only selects: every word of the command is a constant of this file
    unit = units.get(request.POST.get("worker"))
    if unit is None:
        return HttpResponseBadRequest("unknown worker")
    subprocess.run(["sudo", "-n", "systemctl", "restart", unit], check=True, timeout=60)
    return redirect("staff-workers")
