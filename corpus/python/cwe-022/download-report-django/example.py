from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.views.decorators.http import require_GET


@require_GET
def download_report(request):
    reports = Path(settings.MEDIA_ROOT, "reports").resolve()
    path = reports / request.GET.get("path", "")
    # whole components are compared, not the beginning of a string
    if not path.resolve().is_relative_to(reports):
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
