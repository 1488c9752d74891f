import os
import subprocess

from django.contrib.auth.models import User
from django.db import connection
from django.db.models.expressions import RawSQL
from django.http import FileResponse, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import get_valid_filename
from django.views import View

FOLDER = "/srv/reports"


class Report(View):
    def get(self, request, name):
        # ruleid: seccoder.python.path-traversal
        return FileResponse(open(os.path.join(FOLDER, name), "rb"))

    def delete(self, request, name):
        # ok: seccoder.python.path-traversal
        os.remove(os.path.join(FOLDER, get_valid_filename(name)))
        # ruleid: seccoder.python.path-traversal
        os.remove(os.path.join(FOLDER, self.kwargs["name"]))
        return HttpResponse(status=204)

    def post(self, request, *args, **kwargs):
        # ruleid: seccoder.python.command-injection
        subprocess.run("render " + self.kwargs["name"], shell=True, check=True)
        # ok: seccoder.python.command-injection
        subprocess.run(["render", "--", self.kwargs["name"]], check=True)
        return HttpResponse(status=204)


def search(request):
    form = SearchForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    name = form.cleaned_data["name"]
    with connection.cursor() as cursor:
        # ruleid: seccoder.python.sql-injection
        cursor.execute("SELECT id FROM auth_user WHERE username = '%s'" % name)
        # ok: seccoder.python.sql-injection
        cursor.execute("SELECT id FROM auth_user WHERE username = %s", [name])
    # ruleid: seccoder.python.sql-injection
    User.objects.extra(select={"same": "username = '" + name + "'"})
    # ruleid: seccoder.python.sql-injection
    User.objects.annotate(same=RawSQL(f"username = '{name}'", []))
    # ok: seccoder.python.sql-injection
    return User.objects.filter(username=name)


def greet(request):
    name = request.GET["name"]
    # ruleid: seccoder.python.cross-site-scripting
    title = SafeString(name)
    # ruleid: seccoder.python.cross-site-scripting
    text = format_html("<b>" + name + "</b>")
    # ok: seccoder.python.cross-site-scripting
    return HttpResponse(format_html("<b>{}</b>", name))


def name_of(text):
    # ruleid: seccoder.python.markup-of-value
    return format_html("<b>" + text + "</b>")
