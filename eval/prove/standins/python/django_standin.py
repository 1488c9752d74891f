"""Sets Django up for the cases of a proof: imported before the program is loaded.

    import django_standin

    django_standin.name("report-list")   # for redirect() and reverse()
    response = m.view(django_standin.request("GET", "/reports?name=a"))
"""
import django
from django.conf import settings

settings.configure(
    SECRET_KEY="cases", DEBUG=False, ALLOWED_HOSTS=["*"], USE_TZ=True, INSTALLED_APPS=[], ROOT_URLCONF="django_standin", MEDIA_ROOT="media", STATIC_ROOT="static",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "standin.db"}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": ["templates"]}],
)
django.setup()

from django.test import RequestFactory  # noqa: E402
from django.urls import path  # noqa: E402

urlpatterns = []


def name(*names):
    urlpatterns.extend(path(one, lambda request: None, name=one) for one in names)


class Member:
    """Stands for the user who is signed in."""

    pk = id = 7
    username = "member"
    is_authenticated = is_active = is_staff = is_superuser = True


def request(method, address, data=None, **extra):
    made = getattr(RequestFactory(), method.lower())(address, data or {}, **extra)
    made.user, made.session = Member(), {}
    made._dont_enforce_csrf_checks = True
    return made
