import subprocess

from django.contrib.admin.views.decorators import staff_member_required
from django.shortcuts import redirect
from django.views.decorators.http import require_POST


@staff_member_required
@require_POST
def restart_worker(request):
    worker = request.POST.get("worker", "mail")
    # the name of the worker is a part of one argument, and no shell reads it
    subprocess.run(["sudo", "-n", "systemctl", "restart", "shop-%s.service" % worker])
    return redirect("staff-workers")
