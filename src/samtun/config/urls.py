"""Addresses: bokmål without prefix, /nn/ and /en/ before the same path."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from samtun.config import health, media
from samtun.desk.views import outbox

urlpatterns: list[URLPattern | URLResolver] = [
    path("-/healthy", health.healthy, name="healthy"),
    path("-/ready", health.ready, name="ready"),
    path("media/<path:path>", media.media, name="media"),
    path("api/", include("samtun.api.urls")),
    path("scim/v2/", include("samtun.api.scim.urls")),
    path("redaksjon/", include("samtun.editorial.urls")),
    path("", include("samtun.front.plain_urls")),
]
if settings.DEBUG or settings.SHOW_COMPONENTS:
    urlpatterns += [path("_components/", include("samtun.ui.urls"))]
urlpatterns += i18n_patterns(
    path("konto/", include("samtun.people.urls")),
    path("skrivebord/", include("samtun.desk.urls")),
    path("utboks/", outbox.shown, name="demo_outbox"),  # answers in the demo only
    path("", include("samtun.front.urls")),
    prefix_default_language=False,
)

handler400 = "samtun.front.views.errors.bad_request"
handler403 = "samtun.front.views.errors.permission_denied"
handler404 = "samtun.front.views.errors.not_found"
handler500 = "samtun.front.views.errors.server_error"
