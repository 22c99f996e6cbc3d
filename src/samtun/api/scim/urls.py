"""Addresses under /scim/v2/, with and without a slash at the end."""

from django.urls import URLPattern, path, re_path

from samtun.api.scim import views
from samtun.api.scim.opening import scim

app_name = "scim"
_KEY = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_about = scim(GET=views.about)

urlpatterns: list[URLPattern] = [
    path("Users", scim(GET=views.list_users, POST=views.make_user), name="users"),
    path("Users/", scim(GET=views.list_users, POST=views.make_user)),
    re_path(
        rf"^Users/(?P<user>{_KEY})/?$",
        scim(
            GET=views.show_user,
            PUT=views.replace_user,
            PATCH=views.patch_user,
            DELETE=views.delete_user,
        ),
        name="user",
    ),
    re_path(r"^Groups/?$", scim(GET=views.list_groups), name="groups"),
    re_path(rf"^Groups/(?P<group_id>{_KEY})/?$", scim(GET=views.show_group), name="group"),
    re_path(r"^(?P<kind>ServiceProviderConfig|ResourceTypes|Schemas)/?$", _about, name="about"),
    re_path(
        r"^(?P<kind>ResourceTypes|Schemas)/(?P<key>[\w:.]{1,100})/?$", _about, name="about_one"
    ),
    re_path(
        r"^(?P<rest>[\s\S]*)$",
        scim(**dict.fromkeys(("GET", "POST", "PUT", "PATCH", "DELETE"), views.nothing)),
        name="nothing",
    ),
]
