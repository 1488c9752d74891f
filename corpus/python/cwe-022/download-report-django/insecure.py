from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.views.decorators.http import require_GET


@require_GET
def download_report(request):
    reports = Path(settings.MEDIA_ROOT, "reports").resolve()
    path = reports / request.GET.get("path", "")
    if not str(path).startswith(str(reports)):
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
