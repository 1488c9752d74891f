import os

from django.contrib.admin.views.decorators import staff_member_required
from django.shortcuts import redirect
from django.views.decorators.http import require_POST


@staff_member_required
@require_POST
def restart_worker(request):
    worker = request.POST.get("worker", "mail")
    os.system("sudo -n systemctl restart shop-%s.service" % worker)
    return redirect("staff-workers")
